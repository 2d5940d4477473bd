package io.personalive.server.session;

import io.personalive.live.Crop;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * A portrait as the model takes it.
 *
 * @param picture head and shoulders, in the picture's own resolution; TYPE_3BYTE_BGR
 * @param face    whether a face was found in it; if not, this is the whole picture
 */
public record FramedPortrait(BufferedImage picture, boolean face) {
    /** @param picture any size, TYPE_3BYTE_BGR */
    public static FramedPortrait of(BufferedImage picture, Crop crop) {
        Optional<BufferedImage> part = crop.portrait(picture);
        return new FramedPortrait(part.orElse(picture), part.isPresent());
    }
}
