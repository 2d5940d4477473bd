package io.personalive.training.stages;

import io.personalive.torch.Tensors;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;

/**
 * Random numbers of one batch. They follow from the seed, the step and the numbers of the samples alone, so that a step
 * is the same however many processes share it, and whether or not the run was interrupted before.
 */
public final class Draws {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final SplittableRandom ofStep;
    private final SplittableRandom[] ofSample;

    /**
     * @param step        number of the step, which batches of several processes share
     * @param firstSample number of the batch's first sample, counted over the whole run
     * @param samples     of the batch
     */
    public Draws(long seed, long step, long firstSample, int samples) {
        SplittableRandom root = new SplittableRandom(seed ^ 0x5DEECE66DL);
        long first = root.nextLong(), second = root.nextLong();
        ofStep = new SplittableRandom(first ^ step * SPREAD);
        ofSample = new SplittableRandom[samples];
        for (int i = 0; i < samples; i++) {
            ofSample[i] = new SplittableRandom(second ^ (firstSample + i) * SPREAD);
        }
    }

    /** What all samples of a step share. */
    public SplittableRandom ofStep() {
        return ofStep;
    }

    /** What a sample has for itself. */
    public SplittableRandom of(int sample) {
        return ofSample[sample];
    }

    /** @return a whole number from 0 to below {@code bound} for each sample */
    public long[] wholes(int bound) {
        return Arrays.stream(ofSample).mapToLong(random -> random.nextInt(bound)).toArray();
    }

    /**
     * @param shape of a sample's numbers
     * @return (samples, shape), standard normal, float32 on the processor
     */
    public Tensor normal(long... shape) {
        int each = Math.toIntExact(Arrays.stream(shape).reduce(1, Math::multiplyExact));
        float[] values = new float[Math.multiplyExact(each, ofSample.length)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) ofSample[i / each].nextGaussian();
        }
        long[] all = new long[shape.length + 1];
        all[0] = ofSample.length;
        System.arraycopy(shape, 0, all, 1, shape.length);
        return Tensors.of(values, all);
    }
}
