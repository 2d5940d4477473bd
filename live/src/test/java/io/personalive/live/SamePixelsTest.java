package io.personalive.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.portrait.Frames;
import io.personalive.media.picture.PictureReader;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A program that reads its portrait with {@link ImageIO}, and the command line, which reads the file itself. */
class SamePixelsTest {
    private static final int WIDTH = 23, HEIGHT = 17;

    /** What {@link ImageIO} writes and gives back. */
    enum Kind {
        GREY("png", () -> of(BufferedImage.TYPE_BYTE_GRAY)),
        GREY_JPEG("jpg", () -> of(BufferedImage.TYPE_BYTE_GRAY)),
        GREY_16("png", () -> of(BufferedImage.TYPE_USHORT_GRAY)),
        GREY_AND_OPACITY("png", () -> of(components(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE))),
        GREY_AND_OPACITY_16("png", () -> of(components(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_USHORT))),
        COLOURS("png", () -> of(BufferedImage.TYPE_3BYTE_BGR)),
        COLOURS_BMP("bmp", () -> of(BufferedImage.TYPE_3BYTE_BGR)),
        COLOURS_TIFF("tif", () -> of(BufferedImage.TYPE_3BYTE_BGR)),
        COLOURS_16("png", () -> of(components(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_USHORT))),
        OPACITY("png", () -> of(BufferedImage.TYPE_4BYTE_ABGR)),
        OPACITY_TIFF("tif", () -> of(BufferedImage.TYPE_4BYTE_ABGR)),
        OPACITY_16("png", () -> of(components(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_USHORT))),
        PALETTE("png", () -> of(palette(8, 200, false))),
        PALETTE_GIF("gif", () -> of(palette(8, 200, false))),
        PALETTE_WITH_OPACITY("png", () -> of(palette(8, 200, true))),
        TWO_COLOURS("png", () -> of(palette(1, 2, false))),
        BLACK_AND_WHITE("png", () -> of(BufferedImage.TYPE_BYTE_BINARY));

        private final String format;
        private final Supplier<BufferedImage> picture;

        Kind(String format, Supplier<BufferedImage> picture) {
            this.format = format;
            this.picture = picture;
        }
    }

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource(Kind.class)
    void getTheSame(Kind kind) throws IOException {
        Path file = folder.resolve("a." + kind.format);
        assertTrue(ImageIO.write(kind.picture.get(), kind.format, file.toFile()));

        int[] expected = samples(PictureReader.read(file)), found = samples(Frames.copy(ImageIO.read(file.toFile())));
        assertEquals(expected.length, found.length);
        // libtiff multiplies colours with their opacity, and rounds
        int rounded = kind == Kind.OPACITY_TIFF ? 1 : 0;
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i], found[i], rounded, "sample " + i);
        }
    }

    private static int[] samples(BufferedImage image) {
        assertEquals(BufferedImage.TYPE_3BYTE_BGR, image.getType());
        return image.getRaster().getPixels(0, 0, image.getWidth(), image.getHeight(), (int[]) null);
    }

    private static BufferedImage of(int type) {
        return filled(new BufferedImage(WIDTH, HEIGHT, type));
    }

    private static BufferedImage of(ColorModel model) {
        return filled(new BufferedImage(model, model.createCompatibleWritableRaster(WIDTH, HEIGHT), false, null));
    }

    /** With samples by chance, each as large as its bits and its palette allow. */
    private static BufferedImage filled(BufferedImage image) {
        Random random = new Random(1);
        int most = image.getColorModel() instanceof IndexColorModel palette ? palette.getMapSize() : 1 << image.getColorModel().getComponentSize(0);
        int[] samples = IntStream.generate(() -> random.nextInt(most)).limit((long) WIDTH * HEIGHT * image.getRaster().getNumBands()).toArray();
        image.getRaster().setPixels(0, 0, WIDTH, HEIGHT, samples);
        return image;
    }

    private static ColorModel components(int space, boolean opacity, int type) {
        return new ComponentColorModel(ColorSpace.getInstance(space), opacity, false, opacity ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
    }

    private static IndexColorModel palette(int bits, int size, boolean opacity) {
        byte[] red = new byte[size], green = new byte[size], blue = new byte[size], opaque = new byte[size];
        Random random = new Random(2);
        for (byte[] channel : new byte[][] {red, green, blue, opaque}) {
            random.nextBytes(channel);
        }
        if (!opacity) {
            Arrays.fill(opaque, (byte) 255);
        }
        return new IndexColorModel(bits, size, red, green, blue, opaque);
    }
}
