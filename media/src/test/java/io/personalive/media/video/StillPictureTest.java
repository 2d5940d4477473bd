package io.personalive.media.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.MediaException;
import io.personalive.media.picture.PictureReader;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Formats that phones and scanners make. */
class StillPictureTest {
    @TempDir
    private Path folder;

    /** Red and blue above, green and grey below, 96 x 64. */
    private Path heic() throws IOException {
        Path file = folder.resolve("quarters.heic");
        try (InputStream stored = StillPictureTest.class.getResourceAsStream("quarters.heic")) {
            Files.copy(stored, file);
        }
        return file;
    }

    private static void assertColour(int red, int green, int blue, BufferedImage picture, int x, int y) {
        int rgb = picture.getRGB(x, y);
        assertEquals(red, rgb >> 16 & 255, 12);
        assertEquals(green, rgb >> 8 & 255, 12);
        assertEquals(blue, rgb & 255, 12);
    }

    @Test
    void heicIsRead() throws IOException {
        BufferedImage picture = PictureReader.read(heic());
        assertEquals(96, picture.getWidth());
        assertEquals(64, picture.getHeight());
        assertColour(200, 40, 40, picture, 20, 14);
        assertColour(40, 60, 200, picture, 76, 14);
        assertColour(30, 160, 60, picture, 20, 50);
    }

    @Test
    void heicDrivesAsOneFrame() throws IOException {
        try (VideoReader reader = VideoReader.open(heic())) {
            assertEquals(1, reader.estimatedFrames());
            assertEquals(96, reader.next().getWidth());
        }
    }

    @Test
    void avifIsRead() {
        BufferedImage picture = PictureReader.read(DrawnAvif.single(folder.resolve("a.avif"), TestMedia.flat(64, 80, 200, 90, 30)));
        assertEquals(80, picture.getHeight());
        assertColour(200, 90, 30, picture, 32, 40);
    }

    /** As a phone held upright stores it. */
    @Test
    void partsAreJoinedAndTurned() throws IOException {
        Path file = DrawnAvif.grid(folder.resolve("a.avif"), TestMedia.flat(64, 64, 200, 90, 30), TestMedia.flat(64, 64, 30, 90, 200), 100, 3);
        BufferedImage picture = PictureReader.read(file);
        assertEquals(64, picture.getWidth(), "a turn of 270 degrees to the left is a quarter to the right");
        assertEquals(100, picture.getHeight());
        assertColour(200, 90, 30, picture, 32, 20);
        assertColour(30, 90, 200, picture, 32, 90);
    }

    @Test
    void cutOffIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(heic());
        Path cut = Files.write(folder.resolve("cut.heic"), Arrays.copyOf(whole, whole.length - 80));
        String message = assertThrows(MediaException.class, () -> PictureReader.read(cut)).getMessage();
        assertTrue(message.contains("cut.heic") && message.contains("damaged"), message);
        assertFalse(message.contains("\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"bmp", "tiff"})
    void picturesOfScannersAreRead(String format) throws IOException {
        BufferedImage drawn = TestMedia.flat(37, 21, 200, 90, 30);
        drawn.setRGB(36, 0, 0x102030);
        Path file = folder.resolve("a." + format);
        assertTrue(ImageIO.write(drawn, format, file.toFile()));
        BufferedImage read = PictureReader.read(file);
        assertEquals(37, read.getWidth());
        assertEquals(21, read.getHeight());
        assertEquals(0xFF102030, read.getRGB(36, 0));
        assertEquals(0xFFC85A1E, read.getRGB(10, 10));
        assertTrue(PictureReader.isPicture(file));
    }
}
