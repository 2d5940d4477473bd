package io.personalive.networks.warp;

import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/** The discrete cosine transform (DCT-II), in which the Laplacian of a grid with free edges is diagonal. */
final class Cosines {
    private Cosines() {}

    /** @return (n, n), orthonormal: one wave a row */
    static Tensor basis(long count) {
        int n = Math.toIntExact(count);
        float[] values = new float[n * n];
        for (int wave = 0; wave < n; wave++) {
            double size = Math.sqrt((wave == 0 ? 1.0 : 2.0) / n);
            for (int at = 0; at < n; at++) {
                values[wave * n + at] = (float) (size * Math.cos(Math.PI * wave * (at + 0.5) / n));
            }
        }
        return Tensors.of(values, n, n);
    }

    /** @return (n, n), eigenvalues of the negative Laplacian, {@code screen} added */
    static Tensor eigenvalues(long count, double screen) {
        int n = Math.toIntExact(count);
        float[] values = new float[n * n];
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < n; column++) {
                values[row * n + column] = (float) (4 - 2 * Math.cos(Math.PI * row / n)
                        - 2 * Math.cos(Math.PI * column / n) + screen);
            }
        }
        return Tensors.of(values, n, n);
    }
}
