package io.personalive.media.image;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;

/**
 * The pictures that this module takes and gives: {@link BufferedImage#TYPE_3BYTE_BGR}, 8 bits a channel,
 * rows without gaps, so that the bytes can be used as they lie.
 */
public final class Bgr {
    private Bgr() {
    }

    /** A black picture. */
    public static BufferedImage blank(int width, int height) {
        return new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    }

    /** @return the picture's own bytes, not a copy: height rows of width pixels of blue, green, red */
    public static byte[] bytes(BufferedImage picture) {
        if (!isTight(picture)) {
            throw new IllegalArgumentException("the picture is not a whole TYPE_3BYTE_BGR one: convert it with Bgr.of");
        }
        return ((DataBufferByte) picture.getRaster().getDataBuffer()).getData();
    }

    /**
     * The picture itself if it has the right layout, else a converted copy. Alpha is dropped and the colour
     * values under it are kept; grey values are copied to the three channels as they are.
     */
    public static BufferedImage of(BufferedImage picture) {
        return isTight(picture) ? picture : copyOf(picture);
    }

    /** A copy in this layout; see {@link #of}. */
    public static BufferedImage copyOf(BufferedImage picture) {
        BufferedImage copy = blank(picture.getWidth(), picture.getHeight());
        byte[] to = bytes(copy);
        if (isTight(picture)) {
            System.arraycopy(bytes(picture), 0, to, 0, to.length);
        } else if (picture.getType() == BufferedImage.TYPE_BYTE_GRAY) {
            spreadGrey(picture.getRaster(), to);
        } else {
            spreadRgb(picture, to);
        }
        return copy;
    }

    /** A copy of a part. @param part inside the picture, pixels */
    public static BufferedImage crop(BufferedImage picture, Rectangle part) {
        byte[] from = bytes(picture);
        BufferedImage crop = blank(part.width, part.height);
        byte[] to = bytes(crop);
        for (int y = 0; y < part.height; y++) {
            int start = ((part.y + y) * picture.getWidth() + part.x) * 3;
            System.arraycopy(from, start, to, y * part.width * 3, part.width * 3);
        }
        return crop;
    }

    /** Copies a picture into another; what would lie outside is left out. @param left where its left edge goes, pixels; top likewise */
    public static void paste(BufferedImage picture, BufferedImage into, int left, int top) {
        byte[] from = bytes(picture);
        byte[] to = bytes(into);
        int width = Math.min(picture.getWidth(), into.getWidth() - left);
        int height = Math.min(picture.getHeight(), into.getHeight() - top);
        for (int y = 0; y < height && width > 0; y++) {
            System.arraycopy(from, y * picture.getWidth() * 3, to, ((top + y) * into.getWidth() + left) * 3, width * 3);
        }
    }

    private static boolean isTight(BufferedImage picture) {
        return picture.getType() == BufferedImage.TYPE_3BYTE_BGR
                && picture.getRaster().getDataBuffer() instanceof DataBufferByte bytes
                && bytes.getOffset() == 0
                && bytes.getData().length == picture.getWidth() * picture.getHeight() * 3;
    }

    // Java takes grey for linear light and would brighten it on the way to sRGB, so the raster is read instead.
    private static void spreadGrey(Raster grey, byte[] to) {
        int width = grey.getWidth();
        int[] row = new int[width];
        for (int y = 0, at = 0; y < grey.getHeight(); y++) {
            grey.getSamples(grey.getMinX(), grey.getMinY() + y, width, 1, 0, row);
            for (int value : row) {
                to[at++] = (byte) value;
                to[at++] = (byte) value;
                to[at++] = (byte) value;
            }
        }
    }

    private static void spreadRgb(BufferedImage picture, byte[] to) {
        int width = picture.getWidth();
        int[] row = new int[width];
        for (int y = 0, at = 0; y < picture.getHeight(); y++) {
            picture.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                to[at++] = (byte) argb;
                to[at++] = (byte) (argb >> 8);
                to[at++] = (byte) (argb >> 16);
            }
        }
    }
}
