package io.personalive.torch.testing;

import io.personalive.torch.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/** Inputs for tests that compare a network with itself. */
public final class RandomTensors {
    private RandomTensors() {}

    /** @return numbers evenly distributed in [-1, 1), float32, the same for the same seed */
    public static Tensor of(long seed, long... shape) {
        int count = 1;
        for (long size : shape) {
            count = Math.toIntExact(count * size);
        }
        Random random = new Random(seed);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return Tensors.of(values, shape);
    }
}
