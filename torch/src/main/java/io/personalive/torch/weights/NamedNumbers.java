package io.personalive.torch.weights;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Evenly distributed numbers that depend on a name and a place alone: element i is the i-th number of a SplitMix64
 * generator (Steele et al. 2014) that starts at the name's hash. Blocks are made in parallel.
 */
final class NamedNumbers {
    private static final long GOLDEN_GAMMA = 0x9E3779B97F4A7C15L;
    private static final int BLOCK = 1 << 15;
    /** Elements made as float32 before they are rounded to another format: 16 MB. */
    private static final int STAGE = 1 << 22;

    private NamedNumbers() {}

    /** FNV-1a over the text's UTF-8 bytes, 64 bits. */
    static long hash(String text) {
        long hash = 0xCBF29CE484222325L;
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            hash = (hash ^ Byte.toUnsignedLong(each)) * 0x100000001B3L;
        }
        return hash;
    }

    /** @return z with its bits mixed: SplitMix64's output function */
    static long mix(long z) {
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        return z ^ z >>> 31;
    }

    /** @return the product of all dimensions but the first */
    static double fanIn(long[] shape) {
        return TensorEntry.elements(shape) / (double) shape[0];
    }

    /** @return centre + spread * r, r from [-1, 1); in double, rounded to float32, then to {@code type} */
    static Tensor tensor(long hash, double centre, double spread, long[] shape, Device device, ScalarType type) {
        long elements = TensorEntry.elements(shape);
        boolean rounded = type.intern() != ScalarType.Float;
        try (Scope scope = new Scope()) {
            Tensor flat = Tensors.empty(type, elements);
            Tensor stage = rounded ? Tensors.empty(ScalarType.Float, Math.min(STAGE, elements)) : flat;
            FloatPointer start = new FloatPointer(stage.data_ptr());
            for (long done = 0; done < elements; done += STAGE) {
                int count = (int) Math.min(STAGE, elements - done);
                FloatPointer part = start.getPointer(rounded ? 0 : done);
                fill(part.capacity(count).asBuffer(), count, hash + done * GOLDEN_GAMMA, centre, spread);
                if (rounded) {
                    round(stage, flat, done, count);
                }
            }
            return scope.keep(Tensors.to(flat.view(shape), device, type));
        }
    }

    private static void round(Tensor stage, Tensor target, long done, long count) {
        try (Scope scope = new Scope()) {
            target.narrow(0, done, count).copy_(stage.narrow(0, 0, count));
        }
    }

    private static void fill(FloatBuffer target, int count, long state, double centre, double spread) {
        IntStream.range(0, (count + BLOCK - 1) / BLOCK).parallel().forEach(block -> {
            int from = block * BLOCK;
            float[] numbers = new float[Math.min(BLOCK, count - from)];
            long z = state + from * GOLDEN_GAMMA;
            for (int i = 0; i < numbers.length; i++) {
                z += GOLDEN_GAMMA;
                double u = (int) (mix(z) >>> 40) * 0x1p-24;
                numbers[i] = (float) (centre + spread * (2 * u - 1));
            }
            target.put(from, numbers);
        });
    }
}
