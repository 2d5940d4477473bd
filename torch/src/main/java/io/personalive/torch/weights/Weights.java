package io.personalive.torch.weights;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A place in the named tensors of one network: {@code weights.at("down_blocks.0").at("resnets.1").get("conv1.weight", …)}.
 *
 * <p>A network is built by asking for its tensors here. A tensor that is missing or misshapen is noted and replaced
 * by zeros, so that construction goes on and {@link #build} can report everything at once, left-over tensors included.
 */
public final class Weights {
    private final Root root;
    private final String path;

    private Weights(Root root, String path) {
        this.root = root;
        this.path = path;
    }

    /**
     * A network together with the native memory of its weights. Closing it frees them.
     *
     * @param parameters what training changes, by name
     * @param buffers    what belongs to the network and has no gradient, such as running means
     * @param formatOnly what the network doesn't read and the format holds; made or read when asked for
     */
    public record Loaded<T>(T network, Map<String, Tensor> parameters, Map<String, Tensor> buffers,
            Map<String, Supplier<Tensor>> formatOnly, List<Pointer> memory, TensorSource source)
            implements AutoCloseable {
        /**
         * Everything that the network's format holds, as it is now: what {@link #build} reads back equal.
         *
         * @return parameters and buffers themselves, the others read into the caller's scope
         */
        public Map<String, Tensor> tensors() {
            Map<String, Tensor> all = new LinkedHashMap<>(parameters);
            all.putAll(buffers);
            formatOnly.forEach((name, tensor) -> all.put(name, tensor.get()));
            return all;
        }

        /**
         * Writes everything that the network's format holds to a .safetensors file.
         *
         * @throws IOException if the file can't be written; what was there stays then
         */
        public void save(Path target) throws IOException {
            try (Scope scope = new Scope()) {
                SafetensorsWriter.write(target, tensors());
            }
        }

        @Override
        public void close() {
            memory.forEach(Scope::release);
            source.close();
        }
    }

    /**
     * Builds a network for inference.
     *
     * @param source      holds the tensors; closed with the result, or here if building fails
     * @param device      where the network computes
     * @param type        what it computes in
     * @param constructor takes the root of the weights, returns the network
     * @throws CheckpointException naming every missing, misshapen and left-over tensor
     */
    public static <T> Loaded<T> build(TensorSource source, Device device, ScalarType type,
            Function<Weights, T> constructor) {
        return Scope.withoutGradient(() -> new Root(source, device, type, false, BatchStatistics.FROZEN).build(constructor));
    }

    /** Builds a network whose parameters carry gradients, in float32; its batch norms stay as they are. */
    public static <T> Loaded<T> buildTrainable(TensorSource source, Device device, Function<Weights, T> constructor) {
        return buildTrainable(source, device, BatchStatistics.FROZEN, constructor);
    }

    /** Builds a network whose parameters carry gradients, in float32. */
    public static <T> Loaded<T> buildTrainable(TensorSource source, Device device, BatchStatistics statistics,
            Function<Weights, T> constructor) {
        return new Root(source, device, ScalarType.Float, true, statistics).build(constructor);
    }

    /**
     * Asks a network what it needs, without any weights.
     *
     * @param constructor takes the root of the weights, returns the network
     */
    public static Requirements requirements(Function<Weights, ?> constructor) {
        Requirements.Survey survey = new Requirements.Survey();
        return Scope.withoutGradient(() -> {
            Root root = new Root(survey, Device.CPU, ScalarType.Float, false, BatchStatistics.FROZEN);
            try (Scope scope = new Scope()) {
                constructor.apply(new Weights(root, ""));
                return survey.result(root.asked);
            } finally {
                root.memory.forEach(Scope::release);
            }
        });
    }

    /** The place below this one called {@code name}, which may hold dots. */
    public Weights at(String name) {
        return new Weights(root, path.isEmpty() ? name : path + "." + name);
    }

    /** The place below this one called by a number, as lists of blocks are. */
    public Weights at(int index) {
        return at(Integer.toString(index));
    }

    /** A parameter: a tensor that training changes. Freed with the network. */
    public Tensor get(String name, long... shape) {
        return root.load(full(name), shape, true);
    }

    /** A tensor that belongs to the network but is never trained, such as a running mean. Freed with the network. */
    public Tensor buffer(String name, long... shape) {
        return root.load(full(name), shape, false);
    }

    /**
     * How often something happened: one whole number, 0 where the source doesn't say. Freed with the network.
     */
    public Tensor counter(String name) {
        return root.counter(full(name));
    }

    /**
     * A tensor that the format holds and whose value can't change the result. It must be there with this shape, and is
     * not read but to be saved.
     */
    public void unused(String name, long... shape) {
        String full = full(name);
        if (root.expect(full, shape)) {
            root.formatOnly.put(full, () -> root.stored(full, shape));
        }
    }

    /**
     * A tensor that the format may hold, whatever its shape, and that isn't needed. It is saved as the source has it.
     *
     * @param usual what is saved where the source lacks it, made in the caller's scope
     */
    public void derived(String name, Supplier<Tensor> usual) {
        String full = full(name);
        ignore(name);
        root.formatOnly.putIfAbsent(full, usual);
    }

    /** A tensor that the source may hold, whatever its shape, and that isn't needed. It is saved where it was there. */
    public void ignore(String name) {
        String full = full(name);
        root.asked.add(full);
        if (root.source.names().contains(full)) {
            root.formatOnly.put(full, () -> root.stored(full, root.source.shape(full, null)));
        }
    }

    /** Whether the parameters carry gradients: then nothing may be computed from them in advance. */
    public boolean trainable() {
        return root.trainable;
    }

    /** Whether batch norms follow the batches they are trained with. */
    public boolean learnsStatistics() {
        return root.trainable && root.statistics == BatchStatistics.LEARNED;
    }

    /** Where the network computes. */
    public Device device() {
        return root.device;
    }

    /** What the network computes in. */
    public ScalarType type() {
        return root.type;
    }

    /** Takes a tensor that was derived from weights into the network's memory: freed with the network. */
    public <T extends Pointer> T own(T derived) {
        root.memory.add(Scope.own(derived));
        return derived;
    }

    private String full(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static final class Root {
        private final TensorSource source;
        private final Device device;
        private final ScalarType type;
        private final boolean trainable;
        private final BatchStatistics statistics;
        private final Map<String, Tensor> parameters = new LinkedHashMap<>(), buffers = new LinkedHashMap<>();
        private final Map<String, Supplier<Tensor>> formatOnly = new LinkedHashMap<>();
        private final List<Pointer> memory = new ArrayList<>();
        private final Set<String> asked = new LinkedHashSet<>();
        private final List<String> problems = new ArrayList<>();

        Root(TensorSource source, Device device, ScalarType type, boolean trainable, BatchStatistics statistics) {
            this.source = source;
            this.device = device;
            this.type = type;
            this.trainable = trainable;
            this.statistics = statistics;
        }

        <T> Loaded<T> build(Function<Weights, T> constructor) {
            try (Scope scope = new Scope()) {
                T network = constructor.apply(new Weights(this, ""));
                Set<String> extra = new TreeSet<>(source.names());
                extra.removeAll(asked);
                extra.forEach(name -> problems.add("unexpected: " + name + " " + Tensors.describe(source.shape(name, null))));
                if (!problems.isEmpty()) {
                    throw new CheckpointException(source.description() + " does not fit: " + problems.size()
                            + (problems.size() == 1 ? " tensor" : " tensors") + " differ from what the network expects\n  "
                            + String.join("\n  ", problems));
                }
                return new Loaded<>(network, parameters, buffers, formatOnly, memory, source);
            } catch (RuntimeException | Error failed) {
                memory.forEach(Scope::release);
                source.close();
                throw failed;
            }
        }

        /** Notes a problem where the source lacks the tensor or has it in another shape. */
        boolean expect(String name, long[] shape) {
            asked.add(name);
            long[] found = source.shape(name, shape);
            if (found == null) {
                problems.add("missing: " + name + " " + Tensors.describe(shape));
            } else if (!Arrays.equals(found, shape)) {
                problems.add("misshapen: " + name + " is " + Tensors.describe(found) + ", expected "
                        + Tensors.describe(shape));
            } else {
                return true;
            }
            return false;
        }

        Tensor load(String name, long[] shape, boolean parameter) {
            if (!expect(name, shape)) {
                return keep(Tensors.to(Tensors.zeros(ScalarType.Float, 1).expand(shape), device, type));
            }
            // a scope for each tensor: what it was converted from goes before the next is read
            try (Scope scope = new Scope()) {
                Tensor tensor = source.read(name, shape, device, type);
                if (shape.length == 4) {
                    tensor = Tensors.channelsLast(tensor);
                }
                if (trainable) {
                    tensor = tensor.detach().clone().set_requires_grad(parameter);
                }
                (parameter ? parameters : buffers).put(name, tensor);
                return keep(tensor);
            }
        }

        /** Reads a tensor in the number format that it is stored in. */
        Tensor stored(String name, long[] shape) {
            return source.read(name, shape, Device.CPU, source.type(name));
        }

        Tensor counter(String name) {
            asked.add(name);
            long[] found = source.names().contains(name) ? source.shape(name, null) : null;
            try (Scope scope = new Scope()) {
                Tensor count = Tensors.zeros(ScalarType.Long);
                if (found != null && found.length == 0) {
                    count.copy_(source.read(name, found, Device.CPU, ScalarType.Long)); // a copy: it will be counted up
                }
                buffers.put(name, count);
                return keep(count);
            }
        }

        private Tensor keep(Tensor tensor) {
            memory.add(Scope.own(tensor));
            return tensor;
        }
    }
}
