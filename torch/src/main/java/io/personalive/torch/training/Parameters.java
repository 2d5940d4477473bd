package io.personalive.torch.training;

import io.personalive.torch.weights.Weights;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.bytedeco.pytorch.Tensor;

/** The parameters of one or several networks by name, and which of them are trained. */
public final class Parameters {
    private final Map<String, Tensor> all;

    private Parameters(Map<String, Tensor> all) {
        this.all = all;
    }

    /** @param named parameters by name; they stay their networks' */
    public static Parameters of(Map<String, Tensor> named) {
        return new Parameters(new LinkedHashMap<>(named));
    }

    /** @param networks by name; a parameter is called {@code network/parameter} */
    public static Parameters ofNetworks(Map<String, ? extends Weights.Loaded<?>> networks) {
        Map<String, Tensor> all = new LinkedHashMap<>();
        networks.forEach((network, loaded) ->
                loaded.parameters().forEach((name, parameter) -> all.put(network + "/" + name, parameter)));
        return new Parameters(all);
    }

    /**
     * Trains what is chosen and freezes the rest: a frozen parameter gets no gradient, and none is computed for it.
     *
     * @return the trained ones
     * @throws IllegalArgumentException if no name is chosen
     */
    public Parameters train(Predicate<String> chosen) {
        Map<String, Tensor> trained = new LinkedHashMap<>();
        all.forEach((name, parameter) -> {
            parameter.set_requires_grad(chosen.test(name));
            if (chosen.test(name)) {
                trained.put(name, parameter);
            }
        });
        if (trained.isEmpty()) {
            throw new IllegalArgumentException("'" + chosen + "' chooses none of " + all.size()
                    + " parameters; they are called like " + all.keySet().stream().findFirst().orElse("nothing"));
        }
        return new Parameters(trained);
    }

    /** All of them, in the order of their networks. */
    public Map<String, Tensor> named() {
        return Collections.unmodifiableMap(all);
    }

    /** How many numbers they hold together. */
    public long elements() {
        return all.values().stream().mapToLong(Tensor::numel).sum();
    }
}
