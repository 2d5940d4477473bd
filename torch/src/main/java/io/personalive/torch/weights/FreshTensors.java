package io.personalive.torch.weights;

import io.personalive.torch.Device;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Weights to begin a training with, the same for the same seed. Tensors of two or more dimensions are evenly
 * distributed within 1/sqrt(fan_in), as PyTorch begins linear layers and convolutions (He et al. 2015); scales begin
 * at one, everything else at zero.
 */
public final class FreshTensors implements GeneratedTensors {
    /** Keeps the size of signals from layer to layer where nothing but rectifiers lies between them. */
    private static final double OF_RECTIFIED = Math.sqrt(6);

    private final long seed;
    private final ToDoubleFunction<String> gain;

    private FreshTensors(ToDoubleFunction<String> gain, long seed) {
        this.seed = seed;
        this.gain = gain;
    }

    /** @param zero tells by name which tensors begin at zero, such as the last layer of a module that is to begin silent */
    public FreshTensors(long seed, Predicate<String> zero) {
        this(name -> zero.test(name) ? 0 : 1, seed);
    }

    /**
     * For networks that have no norms: with PyTorch's bounds, which are {@code sqrt(6)} times narrower, signals would fade out
     * from layer to layer.
     *
     * @param share of the bound that keeps signals as large as they are, by name; 0 for tensors that begin at zero
     */
    public static FreshTensors withoutNorms(long seed, ToDoubleFunction<String> share) {
        return new FreshTensors(name -> OF_RECTIFIED * share.applyAsDouble(name), seed);
    }

    @Override
    public String description() {
        return "fresh weights of seed " + seed;
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        // mixed, so that neighbouring seeds give unrelated numbers
        long hash = NamedNumbers.hash(name) + NamedNumbers.mix(seed);
        double times = gain.applyAsDouble(name);
        if (shape.length > 1) {
            return NamedNumbers.tensor(hash, 0, times / Math.sqrt(NamedNumbers.fanIn(shape)), shape, device, type);
        }
        boolean scale = name.endsWith("weight") || name.endsWith("running_var");
        return NamedNumbers.tensor(hash, scale && times != 0 ? 1 : 0, 0, shape, device, type);
    }
}
