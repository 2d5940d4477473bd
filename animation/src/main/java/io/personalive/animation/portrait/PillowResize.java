package io.personalive.animation.portrait;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Antialiased resizing of 8-bit pictures that gives the same bytes as the Python library Pillow, which the networks'
 * pictures were prepared with in training: two passes, each rounded to 8 bits, with weights in fixed point.
 */
public final class PillowResize {
    private static final int CHANNELS = 3;

    private PillowResize() {}

    /**
     * @param image  of any type; what is transparent is laid over a mid grey
     * @param width  of the result, in pixels
     * @param height of the result, in pixels
     * @return a new picture of type TYPE_3BYTE_BGR
     */
    public static BufferedImage resize(BufferedImage image, int width, int height, ResizeFilter filter) {
        byte[] resized = resize(Frames.rgb(image), image.getWidth(), image.getHeight(), width, height, filter);
        return Frames.image(resized, width, height);
    }

    /** The same on bytes: height rows of width pixels of three bytes each. */
    static byte[] resize(byte[] pixels, int width, int height, int newWidth, int newHeight, ResizeFilter filter) {
        if (newWidth <= 0 || newHeight <= 0) {
            throw new IllegalArgumentException(
                    "a picture can't be resized to " + newWidth + "x" + newHeight + " pixels");
        }
        if ((long) Math.max(newWidth, width) * Math.max(newHeight, height) * CHANNELS > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("a picture of " + width + "x" + height + " pixels is too large, or too"
                    + " long for its width, to be resized to " + newWidth + "x" + newHeight);
        }
        // the pass that throws more away goes first
        if (newHeight < height && height - newHeight > 2 * (width - newWidth)) {
            byte[] low = vertical(pixels, width, height, newHeight, filter);
            return horizontal(low, width, newHeight, newWidth, filter);
        }
        byte[] narrow = horizontal(pixels, width, height, newWidth, filter);
        return vertical(narrow, newWidth, height, newHeight, filter);
    }

    private static byte[] horizontal(byte[] pixels, int width, int height, int newWidth, ResizeFilter filter) {
        if (newWidth == width) {
            return pixels;
        }
        ResizeTaps taps = new ResizeTaps(width, newWidth, filter);
        byte[] out = new byte[newWidth * CHANNELS * height];
        IntStream.range(0, height).parallel().forEach(y -> {
            int row = y * width * CHANNELS, to = y * newWidth * CHANNELS;
            for (int x = 0; x < newWidth; x++) {
                int[] weights = taps.weights(x);
                int from = row + taps.first(x) * CHANNELS;
                int first = ResizeTaps.HALF, second = ResizeTaps.HALF, third = ResizeTaps.HALF;
                for (int weight : weights) {
                    first += weight * (pixels[from] & 0xFF);
                    second += weight * (pixels[from + 1] & 0xFF);
                    third += weight * (pixels[from + 2] & 0xFF);
                    from += CHANNELS;
                }
                out[to++] = ResizeTaps.round(first);
                out[to++] = ResizeTaps.round(second);
                out[to++] = ResizeTaps.round(third);
            }
        });
        return out;
    }

    private static byte[] vertical(byte[] pixels, int width, int height, int newHeight, ResizeFilter filter) {
        if (newHeight == height) {
            return pixels;
        }
        ResizeTaps taps = new ResizeTaps(height, newHeight, filter);
        int row = width * CHANNELS;
        byte[] out = new byte[row * newHeight];
        IntStream.range(0, newHeight).parallel().forEach(y -> {
            // whole rows at a time: a column at a time would touch a new cache line with every byte
            int[] sums = new int[row];
            Arrays.fill(sums, ResizeTaps.HALF);
            int from = taps.first(y) * row;
            for (int weight : taps.weights(y)) {
                for (int i = 0; i < row; i++) {
                    sums[i] += weight * (pixels[from + i] & 0xFF);
                }
                from += row;
            }
            for (int i = 0; i < row; i++) {
                out[y * row + i] = ResizeTaps.round(sums[i]);
            }
        });
        return out;
    }
}
