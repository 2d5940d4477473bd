package io.personalive.torch.layers;

import io.personalive.torch.BlasThreads;
import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * 3x3 convolutions of stride 1 with four times fewer multiplications: F(4x4, 3x3) of Lavin and Gray 2016 (arXiv
 * 1509.09308). A tile of 4x4 output pixels is made of 6x6 input pixels, which are transformed to 36 numbers a channel;
 * there the convolution is 36 matrix products. Transforms are products with constant matrices, on as many tiles at a
 * time as stay near the processor. Kernels are transformed at each call: kept, they would need four times their memory.
 */
final class Winograd {
    /** Output pixels along a tile, input pixels along it, and numbers of a transformed tile. */
    private static final int TILE = 4, WINDOW = TILE + 2, NUMBERS = WINDOW * WINDOW;
    /** Below these, transforms cost more than the products save: docs/performance.md has what was measured. */
    private static final long FEWEST_CHANNELS = 512, FEWEST_TILES = 256;
    /** Numbers of transformed tiles that are held at once: 16 MB of float32. */
    private static final long AT_ONCE = 1 << 22;
    /** Fewer tiles at once make the matrix products slow: each reads all kernels. */
    private static final long FEWEST_AT_ONCE = 256;

    private static final double[][] OF_INPUT = {
        {4, 0, -5, 0, 1, 0}, {0, -4, -4, 1, 1, 0}, {0, 4, -4, -1, 1, 0},
        {0, -2, -1, 2, 1, 0}, {0, 2, -1, -2, 1, 0}, {0, 4, 0, -5, 0, 1}};
    private static final double[][] OF_KERNEL = {
        {1 / 4.0, 0, 0}, {-1 / 6.0, -1 / 6.0, -1 / 6.0}, {-1 / 6.0, 1 / 6.0, -1 / 6.0},
        {1 / 24.0, 1 / 12.0, 1 / 6.0}, {1 / 24.0, -1 / 12.0, 1 / 6.0}, {0, 0, 1}};
    private static final double[][] TO_OUTPUT = {
        {1, 1, 1, 1, 1, 0}, {0, 1, -1, 2, -2, 0}, {0, 1, 1, 4, 4, 0}, {0, 1, -1, 8, -8, 1}};

    private static final Tensor INPUT = both(OF_INPUT), KERNEL = both(OF_KERNEL), OUTPUT = both(TO_OUTPUT);

    private Winograd() {}

    /**
     * @param images (b, in, h, w), float32 on the processor
     * @param weight (out, in, 3, 3)
     * @return whether it is faster than the usual way
     */
    static boolean pays(Tensor images, Tensor weight) {
        long height = images.size(2), width = images.size(3), tiles = images.size(0) * tiles(height) * tiles(width);
        boolean filled = 5 * height * width >= 4 * TILE * TILE * tiles(height) * tiles(width);
        return filled && tiles >= FEWEST_TILES && Math.min(weight.size(0), weight.size(1)) >= FEWEST_CHANNELS;
    }

    /**
     * The convolution with one zero on every side; no gradients.
     *
     * @param images (b, in, h, w), float32 on the processor
     * @param weight (out, in, 3, 3)
     * @param bias   (out), or null
     * @return (b, out, h, w), channels innermost
     */
    static Tensor convolve(Tensor images, Tensor weight, Tensor bias) {
        long count = images.size(0), in = images.size(1), height = images.size(2), width = images.size(3);
        long out = weight.size(0), down = tiles(height), across = tiles(width);
        try (Scope scope = new Scope()) {
            Tensor kernels = kernels(weight);
            Tensor padded = torch.constant_pad_nd(images.permute(0, 2, 3, 1),
                    new long[] {0, 0, 1, across * TILE + 1 - width, 1, down * TILE + 1 - height}, new Scalar(0));
            Tensor result = torch.empty(new long[] {count, down * TILE, across * TILE, out},
                    new TensorOptions(ScalarType.Float), new MemoryFormatOptional());
            long most = Math.max(FEWEST_AT_ONCE, AT_ONCE / (NUMBERS * Math.max(in, out)));
            long pictures = Math.max(1, most / (down * across)), rows = Math.max(1, Math.min(down, most / across));
            for (long picture = 0; picture < count; picture += pictures) {
                long b = Math.min(pictures, count - picture);
                for (long row = 0; row < down; row += rows) {
                    long r = Math.min(rows, down - row);
                    try (Scope each = new Scope()) {
                        Tensor from = padded.narrow(0, picture, b).narrow(1, row * TILE, r * TILE + 2);
                        Tensor to = result.narrow(0, picture, b).narrow(1, row * TILE, r * TILE);
                        tiles(from, kernels, bias, to.view(b, r, TILE, across, TILE, out));
                    }
                }
            }
            FlopCounter.add(2 * count * down * across
                    * (NUMBERS * in * out + NUMBERS * NUMBERS * in + TILE * TILE * NUMBERS * out));
            Tensor whole = result.narrow(1, 0, height).narrow(2, 0, width).permute(0, 3, 1, 2);
            return scope.keep(whole.contiguous(MemoryFormat.ChannelsLast));
        }
    }

    /** @param from (b, 4 r + 2, 4 a + 2, in). @param to (b, r, 4, a, 4, out), written */
    private static void tiles(Tensor from, Tensor kernels, Tensor bias, Tensor to) {
        long b = to.size(0), r = to.size(1), a = to.size(3), in = from.size(3), out = to.size(5);
        Tensor windows = from.unfold(1, WINDOW, TILE).unfold(2, WINDOW, TILE).permute(4, 5, 0, 1, 2, 3);
        Tensor transformed = product(INPUT, windows.reshape(NUMBERS, b * r * a * in)).view(NUMBERS, b * r * a, in);
        Tensor products = torch.bmm(transformed, kernels).view(NUMBERS, b * r * a * out);
        Tensor pixels = product(OUTPUT, products).view(TILE, TILE, b, r, a, out);
        to.copy_((bias == null ? pixels : pixels.add(bias)).permute(2, 3, 0, 4, 1, 5));
    }

    /** @return (36, in, out) of kernels (out, in, 3, 3) */
    private static Tensor kernels(Tensor weight) {
        long out = weight.size(0), in = weight.size(1);
        try (Scope scope = new Scope()) {
            Tensor columns = weight.reshape(out * in, 9).t();
            FlopCounter.add(2 * NUMBERS * 9 * in * out);
            return scope.keep(product(KERNEL, columns).view(NUMBERS, out, in).transpose(1, 2));
        }
    }

    private static Tensor product(Tensor left, Tensor right) {
        return BlasThreads.shared(2.0 * left.size(0) * right.numel(), () -> left.matmul(right));
    }

    private static long tiles(long pixels) {
        return (pixels + TILE - 1) / TILE;
    }

    /** The transform along both axes as one matrix: the Kronecker product with itself. Lives as long as the program. */
    private static Tensor both(double[][] one) {
        int rows = one.length, columns = one[0].length;
        float[] all = new float[rows * rows * columns * columns];
        for (int row = 0; row < rows * rows; row++) {
            for (int column = 0; column < columns * columns; column++) {
                all[row * columns * columns + column] = (float) (one[row / rows][column / columns]
                        * one[row % rows][column % columns]);
            }
        }
        try (Scope scope = new Scope()) {
            return Scope.own(Tensors.of(all, (long) rows * rows, (long) columns * columns));
        }
    }
}
