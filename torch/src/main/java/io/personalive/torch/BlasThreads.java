package io.personalive.torch;

import java.util.function.Supplier;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Threads of a single matrix product. OpenBLAS has a team of its own beside that of all other operations. Products that
 * run beside each other, as those of a batch do, would wait for that one team in turns, spinning, however small they are: so
 * a product has one thread, unless it is large and alone and asks for all.
 */
public final class BlasThreads {
    /** Below this many operations one thread is as fast. */
    private static final double WORTH_SHARING = 5e7;

    private BlasThreads() {}

    /** One thread for each product, from now on. */
    static void useOne() {
        openblas_nolapack.blas_set_num_threads(1);
    }

    /**
     * A product that all threads of the calling thread's turn share.
     *
     * @param operations how many it takes
     * @param product    of two matrices in float32 or double on the processor; others are not affected
     */
    public static Tensor shared(double operations, Supplier<Tensor> product) {
        int threads = torch.get_num_threads();
        if (threads == 1 || operations < WORTH_SHARING) {
            return product.get();
        }
        openblas_nolapack.blas_set_num_threads(threads);
        try {
            return product.get();
        } finally {
            useOne();
        }
    }
}
