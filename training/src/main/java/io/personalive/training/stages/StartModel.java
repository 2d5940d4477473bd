package io.personalive.training.stages;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.ModelExport;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.NetworkType;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.torch.Device;
import io.personalive.torch.training.NamePattern;
import io.personalive.torch.weights.BatchStatistics;
import io.personalive.torch.weights.ChosenTensors;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.LoadedTensors;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import io.personalive.training.recipe.StartOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The model that a training starts from: sizes of all networks, and their weights but for those that begin anew.
 *
 * @param source  of the weights
 * @param options which of them begin anew
 * @param device  where networks compute
 */
public record StartModel(ModelSource source, StartOptions options, Device device) {
    /** Sizes of the networks. */
    public ModelConfig config() {
        return source.config();
    }

    /** @return a network that carries gradients, in float32; the caller closes it */
    public <T> Weights.Loaded<T> trainable(NetworkType<T> type) {
        return trainable(type.name(), tensor -> false, at -> type.constructor().apply(at, sizes()));
    }

    /** The same for a network that lacks some of its type's parts: without their tensors. */
    <T> Weights.Loaded<T> trainable(NetworkName name, Predicate<String> without, Function<Weights, T> constructor) {
        BatchStatistics statistics = options.batchNorms().equals("learned") ? BatchStatistics.LEARNED : BatchStatistics.FROZEN;
        return Weights.buildTrainable(ChosenTensors.without(open(name), without), device, statistics, constructor);
    }

    /** @return a network that is not trained, in float32; the caller closes it */
    public <T> Weights.Loaded<T> frozen(NetworkType<T> type) {
        return Weights.build(open(type.name()), device, ScalarType.Float, at -> type.constructor().apply(at, sizes()));
    }

    private NetworkWeights sizes() {
        return NetworkWeights.of(source);
    }

    private TensorSource open(NetworkName name) {
        TensorSource given = source.open(name);
        if (options.fresh().isEmpty()) {
            return given;
        }
        Predicate<String> fresh = NamePattern.of(options.fresh());
        Predicate<String> silent = options.silent().isEmpty() ? tensor -> false : NamePattern.of(options.silent());
        return ChosenTensors.from(given, tensor -> fresh.test(name + "/" + tensor),
                new FreshTensors(options.seed(), tensor -> silent.test(name + "/" + tensor)));
    }

    /**
     * Writes this model with trained networks in the place of its own.
     *
     * @param folder replaced where it is there
     */
    public void export(Path folder, Map<NetworkName, Weights.Loaded<?>> trained) throws IOException {
        ModelExport.write(folder, new Trained(this, trained));
    }

    private record Trained(StartModel start, Map<NetworkName, Weights.Loaded<?>> trained) implements ModelSource {
        @Override
        public String description() {
            return "trained from " + start.source.description();
        }

        @Override
        public ModelConfig config() {
            return start.config();
        }

        @Override
        public boolean has(NetworkName network) {
            return start.source.has(network);
        }

        @Override
        public TensorSource open(NetworkName network) {
            if (!trained.containsKey(network)) {
                return start.open(network);
            }
            LoadedTensors loaded = new LoadedTensors(trained.get(network));
            return ChosenTensors.from(start.open(network), loaded.names()::contains, loaded);
        }
    }
}
