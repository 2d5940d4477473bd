package io.personalive.animation.portrait;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PillowResizeTest {
    @ParameterizedTest
    @EnumSource
    void theSameSizeLeavesEveryByte(ResizeFilter filter) {
        BufferedImage image = noise(17, 11);

        assertArrayEquals(Frames.rgb(image), Frames.rgb(PillowResize.resize(image, 17, 11, filter)));
    }

    @ParameterizedTest
    @EnumSource
    void oneColourStaysThatColour(ResizeFilter filter) {
        BufferedImage image = new BufferedImage(301, 97, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 97; y++) {
            for (int x = 0; x < 301; x++) {
                image.setRGB(x, y, 0xFF0380);
            }
        }

        BufferedImage small = PillowResize.resize(image, 40, 200, filter);

        for (int y = 0; y < 200; y++) {
            for (int x = 0; x < 40; x++) {
                assertEquals(0xFFFF0380, small.getRGB(x, y));
            }
        }
    }

    @Test
    void readsAPartOfALargerPicture() {
        BufferedImage whole = noise(60, 50);
        BufferedImage part = whole.getSubimage(7, 9, 30, 20);
        BufferedImage copy = new BufferedImage(30, 20, BufferedImage.TYPE_3BYTE_BGR);
        for (int y = 0; y < 20; y++) {
            for (int x = 0; x < 30; x++) {
                copy.setRGB(x, y, whole.getRGB(7 + x, 9 + y));
            }
        }

        assertArrayEquals(Frames.rgb(PillowResize.resize(copy, 9, 9, ResizeFilter.LANCZOS)),
                Frames.rgb(PillowResize.resize(part, 9, 9, ResizeFilter.LANCZOS)));
    }

    @Test
    void whatIsTransparentIsLaidOverGrey() {
        BufferedImage image = new BufferedImage(1, 1, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, 0x20FF8001);

        assertEquals(0xFF908070, PillowResize.resize(image, 3, 2, ResizeFilter.BICUBIC).getRGB(2, 1));
    }

    @Test
    void refusesWhatIsTooLargeForAPicture() {
        BufferedImage image = noise(1, 40);

        assertThrows(IllegalArgumentException.class,
                () -> PillowResize.resize(image, 30_000, 30_000, ResizeFilter.BICUBIC));
    }

    private static BufferedImage noise(int width, int height) {
        byte[] bytes = new byte[3 * width * height];
        new Random(1).nextBytes(bytes);
        return Frames.image(bytes, width, height);
    }
}
