package io.personalive.media.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void panelsStandInOrderAtOneSize() {
        BufferedImage red = flat(10, 30, 0xFF0000);
        BufferedImage green = flat(100, 100, 0x00FF00);
        BufferedImage blue = flat(64, 48, 0x0000FF);
        BufferedImage row = SideBySide.of(64, 48, red, green, blue);
        assertEquals(192, row.getWidth());
        assertEquals(48, row.getHeight());
        assertEquals(0xFFFF0000, row.getRGB(63, 47));
        assertEquals(0xFF00FF00, row.getRGB(64, 0));
        assertEquals(0xFF0000FF, row.getRGB(128, 24));
    }

    @Test
    void shrinkingAveragesAreas() {
        BufferedImage stripes = Bgr.blank(64, 64);
        for (int i = 0; i < 64 * 64; i++) {
            stripes.setRGB(i % 64, i / 64, i % 2 == 0 ? 0 : 0xFEFEFE);
        }
        assertEquals(0xFF7F7F7F, Resize.toSquare(stripes, 32).getRGB(16, 16));
        assertSame(stripes, Resize.toSquare(stripes, 64));
    }

    @Test
    void cropsCopyThePart() {
        BufferedImage picture = flat(20, 10, 0);
        picture.setRGB(7, 3, 0x102030);
        assertEquals(0xFF102030, Bgr.crop(picture, new Rectangle(5, 2, 8, 8)).getRGB(2, 1));
    }

    private static BufferedImage flat(int width, int height, int rgb) {
        BufferedImage picture = Bgr.blank(width, height);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, rgb);
        }
        return picture;
    }
}
