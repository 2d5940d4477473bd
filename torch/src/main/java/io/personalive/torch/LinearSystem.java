package io.personalive.torch;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Systems of linear equations.
 *
 * <p>With several threads OpenBLAS's LU factorisation puts half a megabyte on the stack at every level of its recursion,
 * more than the usual megabyte of a Java thread from some hundred unknowns on, and the process ends without a word.
 * {@link BlasThreads} leaves it one.
 */
public final class LinearSystem {
    static {
        ComputeThreads.count(); // begins with one thread a product
    }

    private LinearSystem() {}

    /**
     * @param matrix (…, n, n), in float32 or double; not singular
     * @param right  (…, n, k)
     * @return (…, n, k), what {@code matrix} brings to {@code right}; gradients flow through
     */
    public static Tensor solve(Tensor matrix, Tensor right) {
        return torch.linalg_solve(matrix, right);
    }
}
