package io.personalive.animation.stream;

import io.personalive.torch.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/** Where a stream's noise comes from: standard normal numbers, one draw after another. */
public interface Noise {
    /** @return a draw of this shape, float32 on the processor */
    Tensor draw(long... shape);

    /** Noise that depends on nothing but a seed: the same on every machine. */
    static Noise seeded(long seed) {
        Random random = new Random(seed);
        return shape -> {
            int count = 1;
            for (long size : shape) {
                count = Math.multiplyExact(count, Math.toIntExact(size));
            }
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return Tensors.of(values, shape);
        };
    }
}
