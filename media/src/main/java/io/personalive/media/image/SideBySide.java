package io.personalive.media.image;

import java.awt.image.BufferedImage;

/** Panels in a row, for comparing: portrait, driver, result. */
public final class SideBySide {
    private SideBySide() {
    }

    /**
     * @param width  of one panel, pixels
     * @param height of one panel, pixels
     * @param panels pictures of any size, TYPE_3BYTE_BGR, each resized to a panel
     * @return (panels x width) x height pixels
     */
    public static BufferedImage of(int width, int height, BufferedImage... panels) {
        BufferedImage row = Bgr.blank(width * panels.length, height);
        byte[] to = Bgr.bytes(row);
        for (int i = 0; i < panels.length; i++) {
            byte[] from = Bgr.bytes(Resize.to(panels[i], width, height));
            for (int y = 0; y < height; y++) {
                System.arraycopy(from, y * width * 3, to, (y * panels.length + i) * width * 3, width * 3);
            }
        }
        return row;
    }
}
