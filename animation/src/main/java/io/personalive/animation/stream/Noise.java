package io.personalive.animation.stream;

import io.personalive.torch.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;

/**
 * Where a stream's noise comes from: standard normal numbers, in numbered draws. A draw depends on its number alone and
 * not on those before it, so that streams may share one and a push that failed can be tried again.
 */
@FunctionalInterface
public interface Noise {
    /** The draw for the run-in; those of the micro-chunks are numbered from the next one on. */
    int RUN_IN = 0;

    /** @return the draw of a number, in this shape, float32 on the processor */
    Tensor draw(long number, long... shape);

    /** Noise that depends on nothing but a seed: the same on every machine. */
    static Noise seeded(long seed) {
        return (number, shape) -> {
            int count = 1;
            for (long size : shape) {
                count = Math.multiplyExact(count, Math.toIntExact(size));
            }
            Random random = new Random(mixed(seed + number * 0x9E3779B97F4A7C15L));
            float[] values = new float[count];
            for (int i = 0; i < count; i++) {
                values[i] = (float) random.nextGaussian();
            }
            return Tensors.of(values, shape);
        };
    }

    /**
     * Noise that was recorded.
     *
     * @param runIn  (1, c, earlier frames, h, w); null where the window has no run-in
     * @param chunks (n, c, frames of a micro-chunk, h, w); stays open while it is drawn from
     */
    static Noise recorded(Tensor runIn, Tensor chunks) {
        return (number, shape) -> number == RUN_IN ? runIn : chunks.narrow(0, number - 1, 1);
    }

    /** Spreads neighbouring numbers over all bits: {@link Random} begins alike for seeds that are. Stafford 2011. */
    private static long mixed(long bits) {
        long mixed = (bits ^ bits >>> 30) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ mixed >>> 27) * 0x94D049BB133111EBL;
        return mixed ^ mixed >>> 31;
    }
}
