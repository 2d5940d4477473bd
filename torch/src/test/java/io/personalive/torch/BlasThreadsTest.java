package io.personalive.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BlasThreadsTest {
    private static final double MANY = 1e9, FEW = 1e6;
    private final int usual = ComputeThreads.count();

    @BeforeEach
    void chooseTwoThreads() {
        ComputeThreads.choose(2);
    }

    @AfterEach
    void chooseTheUsual() {
        ComputeThreads.choose(usual);
    }

    private static int threadsWithin(double operations) {
        int[] seen = new int[1];
        try (Scope scope = new Scope(); Tensor one = BlasThreads.shared(operations, () -> {
            seen[0] = openblas_nolapack.blas_get_num_threads();
            return torch.ones(1);
        })) {
            return seen[0];
        }
    }

    @Test
    void aProductHasOneThreadUnlessItIsLarge() {
        assertEquals(1, openblas_nolapack.blas_get_num_threads());
        assertEquals(1, threadsWithin(FEW));
        assertEquals(2, threadsWithin(MANY));
        assertEquals(1, openblas_nolapack.blas_get_num_threads());
        try (Turn alone = Turn.ofOneThread(Device.CPU)) {
            assertEquals(1, threadsWithin(MANY));
        }
    }

    @Test
    void afterAFailureItHasOneToo() {
        assertThrows(IllegalStateException.class, () -> BlasThreads.shared(MANY, () -> {
            throw new IllegalStateException("a product that can't be");
        }));
        assertEquals(1, openblas_nolapack.blas_get_num_threads());
    }
}
