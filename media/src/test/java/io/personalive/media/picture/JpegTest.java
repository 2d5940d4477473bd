package io.personalive.media.picture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.AiMark;
import io.personalive.media.MediaException;
import io.personalive.media.image.Bgr;
import io.personalive.media.image.Mirror;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class JpegTest {
    private static BufferedImage redLeftBlueRight() {
        BufferedImage picture = Bgr.blank(64, 32);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, 32, 32);
        graphics.setColor(Color.BLUE);
        graphics.fillRect(32, 0, 32, 32);
        graphics.dispose();
        return picture;
    }

    @Test
    void framesAreReadAsTheyWereWrittenAndCarryTheMark() {
        byte[] file = Jpeg.encodeMarked(redLeftBlueRight(), 95);
        BufferedImage back = Jpeg.decode(file, 64 * 32);
        assertEquals(64, back.getWidth());
        assertTrue(new Color(back.getRGB(8, 16)).getRed() > 240);
        assertTrue(new Color(back.getRGB(56, 16)).getBlue() > 240);
        assertTrue(new String(file, StandardCharsets.ISO_8859_1).contains(AiMark.DIGITAL_SOURCE_TYPE));
    }

    @Test
    void aBombIsRefusedFromItsHeader() {
        byte[] file = Jpeg.encode(redLeftBlueRight(), 80);
        int startOfFrame = 0;
        while (file[startOfFrame] != (byte) 0xFF || file[startOfFrame + 1] != (byte) 0xC0) {
            startOfFrame++;
        }
        Arrays.fill(file, startOfFrame + 5, startOfFrame + 9, (byte) 0xFF); // 65535 x 65535 pixels
        assertTrue(assertThrows(MediaException.class, () -> Jpeg.decode(file, 1_000_000)).getMessage().contains("65535 x 65535"));
    }

    @Test
    void whatIsNoPictureIsRefused() {
        assertThrows(MediaException.class, () -> Jpeg.decode(new byte[0], 100));
        assertThrows(MediaException.class, () -> Jpeg.decode("hello, world".getBytes(StandardCharsets.US_ASCII), 100));
        byte[] file = Jpeg.encode(redLeftBlueRight(), 80);
        assertThrows(MediaException.class, () -> Jpeg.decode(Arrays.copyOf(file, 60), 10_000));
    }

    @Test
    void aMirrorExchangesLeftAndRight() {
        BufferedImage mirrored = Mirror.of(redLeftBlueRight());
        assertEquals(Color.BLUE, new Color(mirrored.getRGB(0, 0)));
        assertEquals(Color.RED, new Color(mirrored.getRGB(63, 31)));
        assertEquals(Color.BLUE, new Color(mirrored.getRGB(31, 5)));
    }
}
