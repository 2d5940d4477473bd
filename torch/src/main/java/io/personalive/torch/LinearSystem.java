package io.personalive.torch;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Systems of linear equations.
 *
 * <p>With several threads OpenBLAS's LU factorisation puts half a megabyte on the stack at every level of its recursion,
 * more than the usual megabyte of a Java thread from some hundred unknowns on, and the process ends without a word. So
 * it gets one thread while it factorises.
 */
public final class LinearSystem {
    static {
        NativeRuntime.start();
    }

    private LinearSystem() {}

    /**
     * @param matrix (…, n, n), in float32 or double; not singular
     * @param right  (…, n, k)
     * @return (…, n, k), what {@code matrix} brings to {@code right}; gradients flow through
     */
    public static Tensor solve(Tensor matrix, Tensor right) {
        synchronized (LinearSystem.class) { // the number of threads is the process's
            int threads = openblas_nolapack.blas_get_num_threads();
            openblas_nolapack.blas_set_num_threads(1);
            try {
                return torch.linalg_solve(matrix, right);
            } finally {
                openblas_nolapack.blas_set_num_threads(threads);
            }
        }
    }
}
