package io.personalive.torch.weights;

import io.personalive.torch.Device;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Weights made from their names alone: any machine makes the same, so that networks can be compared number by number
 * without a download. Tensors of two or more dimensions keep the variance of what passes through them.
 */
public final class SyntheticTensors implements GeneratedTensors {
    private final String prefix;

    /** @param prefix the network's, such as {@code denoising-unet} */
    public SyntheticTensors(String prefix) {
        this.prefix = prefix;
    }

    @Override
    public String description() {
        return "synthetic " + prefix;
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        long hash = NamedNumbers.hash(prefix + "/" + name);
        if (shape.length > 1) {
            return NamedNumbers.tensor(hash, 0, Math.sqrt(3 / NamedNumbers.fanIn(shape)), shape, device, type);
        }
        boolean scale = name.endsWith("weight") || name.endsWith("running_var");
        return NamedNumbers.tensor(hash, scale ? 1 : 0, 0.1, shape, device, type);
    }
}
