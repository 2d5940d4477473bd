package io.personalive.animation.portrait;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of every kind that {@link ImageIO} reads: the bytes that are stored, as the command line reads them. */
class StoredColoursTest {
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 77, 149, 255})
    void greyIsTheSameInAllChannels(int grey) throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setSample(0, 0, 0, grey);

        assertBytes(image, grey, grey, grey);
        assertBytes(throughPng(image), grey, grey, grey);
    }

    @Test
    void theUpperHalfOfSixteenBitGreyIsKept() throws IOException {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setSample(0, 0, 0, 0x4DFF);

        assertBytes(image, 0x4D, 0x4D, 0x4D);
        assertBytes(throughPng(image), 0x4D, 0x4D, 0x4D);
    }

    /** As the command line does it unless another colour is asked for. */
    @Test
    void whatIsTransparentIsLaidOverAMidGrey() throws IOException {
        BufferedImage glass = new BufferedImage(2, 1, BufferedImage.TYPE_INT_ARGB);
        glass.setRGB(0, 0, 0x00FF0000);
        glass.setRGB(1, 0, 0x80FFFFFF);
        byte[] grey = {-128, -128, -128, -64, -64, -64};

        assertArrayEquals(grey, Frames.rgb(glass));
        assertArrayEquals(grey, Frames.rgb(throughPng(glass)));
        BufferedImage faint = components(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_BYTE, 77, 128);
        assertArrayEquals(new byte[] {102, 102, 102, -128, -128, -128}, Frames.rgb(faint));
        assertArrayEquals(Frames.rgb(faint), Frames.rgb(throughPng(faint)));
        assertArrayEquals(Frames.rgb(faint), Frames.rgb(components(ColorSpace.CS_GRAY, true, DataBuffer.TYPE_USHORT, 0x4DFF, 0x8000)));
    }

    @Test
    void theUpperHalfOfSixteenBitColoursIsKept() throws IOException {
        BufferedImage image = components(ColorSpace.CS_sRGB, false, DataBuffer.TYPE_USHORT, 0x10FF, 0x80F0, 0xFFFF);

        assertBytes(image, 0x10, 0x80, 0xFF);
        assertBytes(throughPng(image), 0x10, 0x80, 0xFF);
        BufferedImage opaque = components(ColorSpace.CS_sRGB, true, DataBuffer.TYPE_USHORT, 0x10FF, 0x80F0, 0xFFFF, 0xFFFF);
        assertArrayEquals(new byte[] {0x10, (byte) 0x80, (byte) 0xFF, -128, -128, -128}, Frames.rgb(opaque));
    }

    @ParameterizedTest
    @ValueSource(ints = {BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_BGR, BufferedImage.TYPE_INT_ARGB,
            BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR})
    void coloursOfAllOrdersStay(int type) throws IOException {
        BufferedImage image = new BufferedImage(2, 1, type);
        image.setRGB(0, 0, 0xFFFF8001);
        image.setRGB(1, 0, 0xFF000000);

        assertBytes(image, 0xFF, 0x80, 1);
    }

    @Test
    void palettesAreLookedUp() throws IOException {
        byte[] red = {0, 77}, green = {0, 78}, blue = {0, 79};
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_BYTE_BINARY, new IndexColorModel(1, 2, red, green, blue));
        image.getRaster().setSample(0, 0, 0, 1);

        assertBytes(image, 77, 78, 79);
        assertBytes(throughPng(image), 77, 78, 79);
    }

    @Test
    void otherColourSpacesAreConverted() {
        // white is white in every space
        assertBytes(components(ColorSpace.CS_LINEAR_RGB, false, DataBuffer.TYPE_BYTE, 255, 255, 255), 255, 255, 255);
    }

    private static void assertBytes(BufferedImage image, int red, int green, int blue) {
        assertArrayEquals(new byte[] {(byte) red, (byte) green, (byte) blue, 0, 0, 0}, Frames.rgb(image));
    }

    private static BufferedImage throughPng(BufferedImage image) throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "png", file);
        return ImageIO.read(new ByteArrayInputStream(file.toByteArray()));
    }

    /** Two pixels, of which the first has these samples. */
    private static BufferedImage components(int space, boolean alpha, int type, int... samples) {
        ColorModel model = new ComponentColorModel(ColorSpace.getInstance(space), alpha, false,
                alpha ? Transparency.TRANSLUCENT : Transparency.OPAQUE, type);
        WritableRaster raster = model.createCompatibleWritableRaster(2, 1);
        raster.setPixel(0, 0, samples);
        return new BufferedImage(model, raster, false, null);
    }
}
