package io.personalive.live;

import io.personalive.media.face.FaceFraming;
import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import java.util.Locale;
import java.util.Optional;

/** How pictures are framed before the model sees them. */
public enum Crop {
    /** A square around head and shoulders; the whole picture where no face is found. */
    AUTO,
    /** The whole picture, made square. */
    NONE;

    /**
     * Frames a portrait, in its own resolution.
     *
     * @param picture TYPE_3BYTE_BGR
     * @return the part to go on with; empty if a face was looked for and not found
     */
    public Optional<BufferedImage> portrait(BufferedImage picture) {
        if (this == NONE) {
            return Optional.of(picture);
        }
        try (FaceFraming framing = new FaceFraming()) {
            return framing.window(picture).map(part -> Bgr.crop(picture, part));
        }
    }

    /** How many faces a picture shows; 0 where none is looked for. @param picture TYPE_3BYTE_BGR */
    public int faces(BufferedImage picture) {
        if (this == NONE) {
            return 0;
        }
        try (FaceFraming framing = new FaceFraming()) {
            return framing.count(picture);
        }
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
