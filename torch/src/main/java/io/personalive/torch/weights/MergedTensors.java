package io.personalive.torch.weights;

import io.personalive.torch.Device;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Several sources as one: the first that holds a name gives the tensor. */
public final class MergedTensors implements TensorSource {
    private final List<TensorSource> sources;
    private final Set<String> names = new LinkedHashSet<>();

    /**
     * @param files      made for this network: each of their tensors must be needed
     * @param underneath made for another network: they fill gaps, and what isn't needed of them is no error; may be empty
     */
    public MergedTensors(List<TensorSource> files, List<TensorSource> underneath) {
        sources = new ArrayList<>(files);
        sources.addAll(underneath);
        files.forEach(file -> names.addAll(file.names()));
    }

    @Override
    public String description() {
        return sources.stream().map(TensorSource::description).collect(Collectors.joining(" + "));
    }

    /** All names of the files made for this network. */
    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    @Override
    public long[] shape(String name, long[] expected) {
        TensorSource holder = holder(name, expected);
        return holder == null ? null : holder.shape(name, expected);
    }

    @Override
    public ScalarType type(String name) {
        return holder(name, null).type(name);
    }

    @Override
    public Tensor read(String name, long[] shape, Device device, ScalarType type) {
        TensorSource holder = holder(name, shape);
        if (holder == null) {
            throw new CheckpointException(description() + ": none holds a tensor " + name);
        }
        return holder.read(name, shape, device, type);
    }

    private TensorSource holder(String name, long[] expected) {
        return sources.stream().filter(source -> source.shape(name, expected) != null).findFirst().orElse(null);
    }

    @Override
    public void close() {
        RuntimeException failure = null;
        for (TensorSource source : sources) {
            try {
                source.close();
            } catch (RuntimeException failed) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
