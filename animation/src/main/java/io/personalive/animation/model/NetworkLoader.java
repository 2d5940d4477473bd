package io.personalive.animation.model;

import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;

/** Gives the networks of one model on one device, one by one. Closing it frees those that it loaded, not those it was given. */
final class NetworkLoader implements AutoCloseable {
    private final ModelSource source;
    private final NetworkWeights weights;
    private final Device device;
    private final Precision precision;
    private final List<Weights.Loaded<?>> loaded = new ArrayList<>();

    NetworkLoader(ModelSource source, Device device, Precision precision) {
        this.source = source;
        this.weights = NetworkWeights.of(source);
        this.device = device;
        this.precision = precision;
    }

    /** @throws io.personalive.torch.weights.CheckpointException if the weights don't fit */
    <T> T network(NetworkType<T> type) {
        if (source instanceof GivenModel given && given.gives(type.name())) {
            return given.network(type, device, precision);
        }
        Weights.Loaded<T> network = type.load(weights, device, precision);
        loaded.add(network);
        return network.network();
    }

    @Override
    public void close() {
        loaded.forEach(Weights.Loaded::close);
        loaded.clear();
    }
}
