package io.personalive.animation.moved;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/**
 * The portrait that is part of the program. It shows nobody: its face is the mean of the faces of several hundred people,
 * mirrored over itself; hair, clothes and background are painted.
 */
public final class PaintedPortrait {
    private PaintedPortrait() {}

    /** @return 512 x 512 pixels, head and shoulders */
    public static BufferedImage picture() {
        try (InputStream file = PaintedPortrait.class.getResourceAsStream("portrait.png")) {
            return ImageIO.read(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
