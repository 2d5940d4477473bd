package io.personalive.torch.weights;

import io.personalive.torch.Device;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A source of which some tensors, chosen by name, come from another, or are left out. */
public final class ChosenTensors implements TensorSource {
    private final TensorSource source, other;
    private final Predicate<String> chosen;

    private ChosenTensors(TensorSource source, Predicate<String> chosen, TensorSource other) {
        this.source = source;
        this.chosen = chosen;
        this.other = other;
    }

    /** @param other gives what is chosen; closed with this, as {@code source} is */
    public static ChosenTensors from(TensorSource source, Predicate<String> chosen, TensorSource other) {
        return new ChosenTensors(source, chosen, other);
    }

    /** @return {@code source} as if it didn't hold what is chosen */
    public static ChosenTensors without(TensorSource source, Predicate<String> chosen) {
        return new ChosenTensors(source, chosen, null);
    }

    @Override
    public String description() {
        return source.description();
    }

    /** Those of the source that are not chosen, and all that the other source names. */
    @Override
    public Set<String> names() {
        Set<String> names = new LinkedHashSet<>(source.names());
        names.removeIf(chosen);
        if (other != null) {
            other.names().stream().filter(chosen).forEach(names::add);
        }
        return names;
    }

    @Override
    public long[] shape(String name, long[] expected) {
        TensorSource holder = holder(name);
        return holder == null ? null : holder.shape(name, expected);
    }

    @Override
    public ScalarType type(String name) {
        return holder(name).type(name);
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        return holder(name).read(name, shape, device, type);
    }

    private TensorSource holder(String name) {
        return chosen.test(name) ? other : source;
    }

    @Override
    public void close() {
        source.close();
        if (other != null) {
            other.close();
        }
    }
}
