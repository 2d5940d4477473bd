package io.personalive.animation.model;

import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.weights.LoadedTensors;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A model some of whose networks are in memory already, such as a trainer's while it trains. They are used as they are,
 * not copied, and stay their owner's, who closes them after the model. What was computed from them stays as it was when
 * their weights change: begin with a new portrait and a new stream then.
 *
 * @param base     of all else: the description, and the networks that aren't given
 * @param networks in memory, of the description's sizes, on the device and in the number format that the model is loaded in
 */
public record GivenModel(ModelSource base, Map<NetworkName, Weights.Loaded<?>> networks) implements ModelSource {
    public GivenModel {
        networks = Map.copyOf(networks);
    }

    @Override
    public String description() {
        return base.description() + " with networks in memory";
    }

    @Override
    public ModelConfig config() {
        return base.config();
    }

    @Override
    public boolean has(NetworkName network) {
        return gives(network) || base.has(network);
    }

    @Override
    public TensorSource open(NetworkName network) {
        return gives(network) ? new LoadedTensors(networks.get(network)) : base.open(network);
    }

    boolean gives(NetworkName network) {
        return networks.containsKey(network);
    }

    /** @throws IllegalArgumentException if it is another network, or computes elsewhere or in another number format */
    <T> T network(NetworkType<T> type, Device device, Precision precision) {
        Weights.Loaded<?> given = networks.get(type.name());
        if (!type.kind().isInstance(given.network())) {
            throw new IllegalArgumentException("what is given as " + type.name() + " is a "
                    + given.network().getClass().getSimpleName() + ", expected a " + type.kind().getSimpleName());
        }
        Tensor any = given.parameters().values().iterator().next();
        ScalarType found = any.scalar_type().intern(), expected = type.scalarType(precision);
        if (found != expected || any.is_cuda() != device.cuda()) {
            throw new IllegalArgumentException("the given " + type.name() + " is in " + found + " on "
                    + (any.is_cuda() ? "a card" : "the processor") + ", expected " + expected + " on " + device
                    + ": load the model as its networks are");
        }
        return type.kind().cast(given.network());
    }
}
