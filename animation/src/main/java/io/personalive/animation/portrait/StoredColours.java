package io.personalive.animation.portrait;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;

/**
 * The colours of a picture of any type as its file stores them, as viewers and the command line show it: a grey value is
 * that of all three channels; of 16 bits the upper 8 are kept; what is transparent is laid over a mid grey. Other colour
 * spaces than sRGB and grey are converted.
 */
final class StoredColours {
    /** Of each channel, behind what is transparent. */
    private static final int BACKGROUND = 128;

    private StoredColours() {}

    /** @return the pixels row by row, three bytes each, red first */
    static byte[] rgb(BufferedImage image) {
        return areColours(image.getColorModel()) ? samples(image) : converted(image);
    }

    /**
     * Whether the samples are the colours. Java takes grey for linear light and would brighten it on the way to sRGB,
     * and it rounds 16 bits.
     */
    private static boolean areColours(ColorModel model) {
        ColorSpace space = model.getColorSpace();
        boolean known = space.getType() == ColorSpace.TYPE_GRAY || space.isCS_sRGB();
        boolean plain = model instanceof ComponentColorModel && !model.isAlphaPremultiplied()
                && (model.getTransferType() == DataBuffer.TYPE_BYTE || model.getTransferType() == DataBuffer.TYPE_USHORT);
        return known && plain;
    }

    private static byte[] samples(BufferedImage image) {
        int width = image.getWidth(), height = image.getHeight(), colours = image.getColorModel().getNumColorComponents();
        boolean transparent = image.getColorModel().hasAlpha();
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[width], opacity = new int[width];
        for (int y = 0; y < height; y++) {
            if (transparent) {
                bytes(image, colours, y, opacity);
            }
            for (int channel = 0; channel < 3; channel++) {
                bytes(image, Math.min(channel, colours - 1), y, row);
                for (int x = 0; x < width; x++) {
                    rgb[3 * (y * width + x) + channel] = (byte) (transparent ? over(row[x], opacity[x]) : row[x]);
                }
            }
        }
        return rgb;
    }

    /** One row of one band, 0 to 255. */
    private static void bytes(BufferedImage image, int band, int y, int[] row) {
        int bits = image.getColorModel().getComponentSize(band);
        image.getRaster().getSamples(0, y, row.length, 1, band, row);
        for (int x = 0; x < row.length; x++) {
            row[x] = bits > 8 ? row[x] >> bits - 8 : row[x] * 255 / ((1 << bits) - 1);
        }
    }

    private static byte[] converted(BufferedImage image) {
        int width = image.getWidth(), height = image.getHeight();
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[width];
        int next = 0;
        for (int y = 0; y < height; y++) {
            for (int pixel : image.getRGB(0, y, width, 1, row, 0, width)) {
                for (int shift = 16; shift >= 0; shift -= 8) {
                    rgb[next++] = (byte) over(pixel >> shift & 0xFF, pixel >>> 24);
                }
            }
        }
        return rgb;
    }

    private static int over(int colour, int opacity) {
        return (colour * opacity + BACKGROUND * (255 - opacity) + 127) / 255;
    }
}
