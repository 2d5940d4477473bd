package io.personalive.torch.weights;

import io.personalive.torch.Device;
import io.personalive.torch.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A network's weights as they are now; they stay the network's. */
public final class LoadedTensors implements TensorSource {
    private final Map<String, Tensor> tensors;

    /** @param network open as long as its tensors are read */
    public LoadedTensors(Weights.Loaded<?> network) {
        tensors = new LinkedHashMap<>(network.parameters());
        tensors.putAll(network.buffers());
    }

    @Override
    public String description() {
        return "weights in memory";
    }

    @Override
    public Set<String> names() {
        return tensors.keySet();
    }

    @Override
    public long[] shape(String name, long[] expected) {
        return tensors.containsKey(name) ? Tensors.shape(tensors.get(name)) : null;
    }

    @Override
    public ScalarType type(String name) {
        return tensors.get(name).scalar_type();
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        return Tensors.to(tensors.get(name).detach(), device, type).contiguous();
    }

    @Override
    public void close() {
        // the network is its owner's
    }
}
