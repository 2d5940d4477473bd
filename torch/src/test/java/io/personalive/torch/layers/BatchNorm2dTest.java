package io.personalive.torch.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.torch.Device;
import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.BatchStatistics;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class BatchNorm2dTest {
    /** Mean 4, variance 5 (6.667 without bias), of one channel. */
    private static final float[] PIXELS = {1, 3, 5, 7};
    private static final double UNBIASED = 20 / 3d;

    @Test
    void inTrainingABatchIsNormalisedByItselfAndCounted() {
        try (Scope scope = new Scope(); var norm = norm(BatchStatistics.LEARNED)) {
            float[] out = Tensors.floats(norm.network().forward(pixels()));
            assertEquals(-3 / Math.sqrt(5), out[0], 1e-3);
            assertStatistics(norm, 0.4, 0.9 + 0.1 * UNBIASED, 1);
        }
    }

    @Test
    void whatIsComputedAgainIsTheSameAndNotCountedTwice() {
        try (Scope scope = new Scope(); var norm = norm(BatchStatistics.LEARNED)) {
            float[] first = Tensors.floats(Pass.FIRST.run(() -> norm.network().forward(pixels())));
            float[] again = Tensors.floats(Pass.AGAIN.run(() -> norm.network().forward(pixels())));
            assertArrayEquals(first, again);
            assertStatistics(norm, 0.4, 0.9 + 0.1 * UNBIASED, 1);
        }
    }

    @Test
    void forInferenceAndWhereFrozenTheRunningStatisticsServe() {
        try (Scope scope = new Scope(); var learned = norm(BatchStatistics.LEARNED); var frozen = norm(BatchStatistics.FROZEN)) {
            float[] inferred = Tensors.floats(Scope.inference(() -> learned.network().forward(pixels())));
            assertArrayEquals(PIXELS, inferred, 1e-4f);
            assertArrayEquals(PIXELS, Tensors.floats(frozen.network().forward(pixels())), 1e-4f);
            assertStatistics(learned, 0, 1, 0);
            assertStatistics(frozen, 0, 1, 0);
        }
    }

    private static void assertStatistics(Weights.Loaded<?> norm, double mean, double variance, long batches) {
        assertEquals(mean, Tensors.floats(norm.buffers().get("running_mean"))[0], 1e-5);
        assertEquals(variance, Tensors.floats(norm.buffers().get("running_var"))[0], 1e-5);
        assertEquals(batches, Tensors.longs(norm.buffers().get("num_batches_tracked"))[0]);
    }

    private static Tensor pixels() {
        return Tensors.of(PIXELS, 1, 1, 2, 2);
    }

    private static Weights.Loaded<BatchNorm2d> norm(BatchStatistics statistics) {
        return Weights.buildTrainable(new FreshTensors(1, name -> false), Device.CPU, statistics,
                at -> new BatchNorm2d(at, 1, 1e-5));
    }
}
