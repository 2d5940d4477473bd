package io.personalive.animation.model;

import io.personalive.torch.ComputeThreads;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;

/**
 * Where a model computes, and in which number format.
 *
 * @param device    of all its networks
 * @param precision of all but the motion extractor, which is always float32
 */
public record Placement(Device device, Precision precision) {
    /**
     * @param device    {@code auto}, {@code cpu}, {@code cuda} or {@code cuda:1}, see {@link Device#parse}
     * @param precision {@code auto}, {@code float32}, {@code bfloat16} or {@code float16}, see {@link Precision#parse}
     * @throws IllegalArgumentException if there is no such device or precision
     */
    public static Placement parse(String device, String precision) {
        Device on = Device.parse(device);
        return new Placement(on, Precision.parse(precision, on));
    }

    /**
     * Changes how many processor threads compute, in the whole process.
     *
     * @throws IllegalArgumentException if there are none
     */
    public static void useThreads(int threads) {
        ComputeThreads.choose(threads);
    }

    @Override
    public String toString() {
        return device + ", " + precision;
    }
}
