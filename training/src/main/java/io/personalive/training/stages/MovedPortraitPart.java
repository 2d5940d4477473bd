package io.personalive.training.stages;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MovedPortraitExport;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * One trained network of a model that moves portraits: it goes on from the model's own where that has one, and begins
 * from nothing where it has none, or fresh weights are asked for.
 *
 * @param <T> the network
 * @param <S> its sizes
 */
final class MovedPortraitPart<T, S extends Record> implements AutoCloseable {
    /**
     * Which network.
     *
     * @param field       of the model's description that tells the sizes
     * @param file        that holds the weights
     * @param sizes       that a model has; empty where it has no such network
     * @param usual       sizes of one that begins from nothing
     * @param constructor builds it
     * @param zero        tells by name which fresh weights are zero
     */
    record Kind<T, S extends Record>(String field, String file, Function<MovedPortraitSource, Optional<S>> sizes, S usual,
            BiFunction<Weights, S, T> constructor, Predicate<String> zero) {
        /** Of fresh weights of the second layers of blocks: as if there were none. */
        private static final double SECOND = 0.16;

        /** @return how many times the usual deviation fresh weights of this name get */
        private double beginning(String name) {
            return zero.test(name) ? 0 : name.endsWith("conv2.weight") ? SECOND : 1;
        }
    }

    private final Kind<T, S> kind;
    private final ModelSource from;
    private final S sizes;
    private final Weights.Loaded<T> loaded;

    MovedPortraitPart(StartModel start, Kind<T, S> kind) {
        this.kind = kind;
        from = start.source();
        Optional<S> given = from instanceof MovedPortraitSource moving && start.options().fresh().isEmpty()
                ? kind.sizes().apply(moving) : Optional.empty();
        sizes = given.orElse(kind.usual());
        loaded = Weights.buildTrainable(given.isPresent() ? ((MovedPortraitSource) from).file(kind.file())
                : FreshTensors.withoutNorms(start.options().seed(), kind::beginning), start.device(),
                at -> kind.constructor().apply(at, sizes));
    }

    T network() {
        return loaded.network();
    }

    Map<String, Weights.Loaded<?>> networks() {
        return Map.of(kind.field(), loaded);
    }

    /** Writes it in float16, beside the other files of the model that it started from; of {@code nano} where that moves no portraits. */
    void export(Path folder) throws IOException {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> half = new LinkedHashMap<>();
            loaded.tensors().forEach((name, tensor) -> half.put(name, Tensors.to(tensor.detach(), ScalarType.Half)));
            ModelSource moving = from instanceof MovedPortraitSource ? from : ModelSource.parse("nano");
            MovedPortraitExport.write(folder, (MovedPortraitSource) moving, kind.field(), sizes, kind.file(), half);
        }
    }

    @Override
    public void close() {
        loaded.close();
    }
}
