package io.personalive.torch.weights;

import io.personalive.torch.Device;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Weights to begin a training with, the same for the same seed. Tensors of two or more dimensions are evenly
 * distributed within 1/sqrt(fan_in), as PyTorch begins linear layers and convolutions (He et al. 2015); scales begin
 * at one, everything else at zero.
 */
public final class FreshTensors implements GeneratedTensors {
    private final long seed;
    private final Predicate<String> zero;

    /** @param zero tells by name which tensors begin at zero, such as the last layer of a module that is to begin silent */
    public FreshTensors(long seed, Predicate<String> zero) {
        this.seed = seed;
        this.zero = zero;
    }

    @Override
    public String description() {
        return "fresh weights of seed " + seed;
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        // mixed, so that neighbouring seeds give unrelated numbers
        long hash = NamedNumbers.hash(name) + NamedNumbers.mix(seed);
        boolean begin = !zero.test(name);
        if (shape.length > 1) {
            double bound = begin ? 1 / Math.sqrt(NamedNumbers.fanIn(shape)) : 0;
            return NamedNumbers.tensor(hash, 0, bound, shape, device, type);
        }
        boolean scale = name.endsWith("weight") || name.endsWith("running_var");
        return NamedNumbers.tensor(hash, scale && begin ? 1 : 0, 0, shape, device, type);
    }
}
