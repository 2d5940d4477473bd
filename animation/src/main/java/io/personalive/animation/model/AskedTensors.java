package io.personalive.animation.model;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.TensorSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Gives zeros and takes down which tensors a network asks for: what its checkpoint must hold. */
final class AskedTensors implements TensorSource {
    private final Map<String, long[]> shapes = new LinkedHashMap<>();

    /** Names and shapes, in the order in which they were asked for. */
    Map<String, long[]> shapes() {
        return shapes;
    }

    @Override
    public String description() {
        return "zeros";
    }

    @Override
    public Set<String> names() {
        return Set.of();
    }

    @Override
    public long[] shape(String name, long[] expected) {
        shapes.put(name, expected);
        return expected;
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        try (Scope scope = new Scope()) {
            return scope.keep(Tensors.to(Tensors.zeros(type, 1), device, type).expand(shape));
        }
    }

    @Override
    public void close() {
        // nothing is held
    }
}
