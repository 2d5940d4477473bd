package io.personalive.networks.motion;

import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Fixed sinusoidal position codes, computed in double and rounded to float32. Vaswani et al. 2017. */
final class PositionCode {
    private static final double BASE = 10000;

    private PositionCode() {}

    /**
     * The sines of a position, then its cosines.
     *
     * @return (length, channels)
     */
    static Tensor ofTokens(int length, int channels) {
        float[] code = new float[length * channels];
        for (int position = 0; position < length; position++) {
            write(code, position * channels, position, channels);
        }
        return Tensors.of(code, length, channels);
    }

    /**
     * The code of a square's cells in row-major order: the first half of the channels codes the column, the other the row.
     *
     * @return (side * side, channels)
     */
    static Tensor ofSquare(int side, int channels) {
        float[] code = new float[side * side * channels];
        for (int cell = 0; cell < side * side; cell++) {
            write(code, cell * channels, cell % side, channels / 2);
            write(code, cell * channels + channels / 2, cell / side, channels / 2);
        }
        return Tensors.of(code, (long) side * side, channels);
    }

    private static void write(float[] code, int from, int position, int channels) {
        int half = channels / 2;
        for (int i = 0; i < half; i++) {
            double angle = position * Math.pow(BASE, -i / (double) half);
            code[from + i] = (float) Math.sin(angle);
            code[from + half + i] = (float) Math.cos(angle);
        }
    }
}
