package io.personalive.media.image;

import java.awt.image.BufferedImage;

/** Left and right exchanged. */
public final class Mirror {
    private Mirror() {
    }

    /** @param picture TYPE_3BYTE_BGR, unchanged. @return a copy */
    public static BufferedImage of(BufferedImage picture) {
        int width = picture.getWidth();
        int height = picture.getHeight();
        BufferedImage mirrored = Bgr.blank(width, height);
        byte[] from = Bgr.bytes(picture);
        byte[] to = Bgr.bytes(mirrored);
        for (int y = 0; y < height; y++) {
            for (int at = y * width * 3, into = at + (width - 1) * 3; at < (y + 1) * width * 3; at += 3, into -= 3) {
                to[into] = from[at];
                to[into + 1] = from[at + 1];
                to[into + 2] = from[at + 2];
            }
        }
        return mirrored;
    }
}
