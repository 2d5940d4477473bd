package io.personalive.training.run;

import io.personalive.torch.Scope;
import io.personalive.torch.distributed.PeerLostException;
import io.personalive.torch.distributed.Peers;
import io.personalive.torch.training.AdamW;
import io.personalive.torch.training.AveragedParameters;
import io.personalive.torch.training.Gradients;
import io.personalive.torch.training.NamePattern;
import io.personalive.torch.training.Parameters;
import io.personalive.torch.weights.Weights;
import io.personalive.training.recipe.OptimiserOptions;
import io.personalive.training.stages.Objective;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The weights that are trained for one objective, with their gradients, optimiser and moving average. */
final class Trainee implements AutoCloseable {
    private final Objective objective;
    private final OptimiserOptions options;
    private final double rate;
    private final Parameters trained;
    private final Gradients gradients;
    private final AdamW optimiser;
    /** Null where no average is wanted. */
    private final AveragedParameters average;

    /**
     * @param pattern which parameters are trained
     * @param rate    the learning rate, as a multiple of the recipe's
     * @param average whether a moving average may be kept
     */
    Trainee(Objective objective, NamePattern pattern, OptimiserOptions options, double rate, boolean average) {
        this.objective = objective;
        this.options = options;
        this.rate = rate;
        trained = Parameters.ofNetworks(objective.networks()).train(pattern);
        gradients = new Gradients(trained);
        optimiser = new AdamW(trained, new AdamW.Options(options.beta1(), options.beta2(), options.epsilon(),
                options.weightDecay(), name -> true).weightsAlone(trained));
        this.average = average && options.average() > 0 ? new AveragedParameters(trained) : null;
    }

    Objective objective() {
        return objective;
    }

    Parameters trained() {
        return trained;
    }

    /** Whether losses computed from now on reach these weights. */
    void attend(boolean on) {
        trained.named().values().forEach(parameter -> parameter.set_requires_grad(on));
    }

    Gradients gradients() {
        return gradients;
    }

    void clear() {
        gradients.clear();
    }

    /**
     * Joins the gradients of all passes and processes, and shortens them.
     *
     * @param passes that were added up
     * @return their length before that
     */
    double join(Peers peers, int passes) throws PeerLostException {
        peers.mean(gradients.flat());
        if (passes > 1) {
            gradients.scale(1.0 / passes);
        }
        return options.clip() > 0 ? gradients.clip(options.clip()) : gradients.norm();
    }

    /** Moves the weights. @param step from 1 */
    void move(long step) {
        optimiser.step(rate * options.rate(step));
        if (average != null) {
            // young averages follow faster, so that they don't keep what training began with
            average.update(Math.min(options.average(), (1.0 + step) / (10 + step)));
        }
    }

    /** Lets the averages, where there are any, stand in the weights' place until it is closed. */
    AveragedParameters.Exchange averaged() {
        return average == null ? () -> { } : average.exchange();
    }

    /** @return everything that the next step depends on, by name, in the caller's scope */
    Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        weights().forEach((name, tensor) -> state.put("weights/" + name, tensor));
        optimiser.state().forEach((name, tensor) -> state.put("optimiser/" + name, tensor));
        if (average != null) {
            average.state().forEach((name, tensor) -> state.put("average/" + name, tensor));
        }
        return state;
    }

    /** What training changes of the networks: the trained parameters, and statistics that follow the batches. */
    private Map<String, Tensor> weights() {
        Map<String, Tensor> weights = new LinkedHashMap<>(trained.named());
        for (Map.Entry<String, ? extends Weights.Loaded<?>> network : objective.networks().entrySet()) {
            network.getValue().buffers().forEach((name, buffer) -> weights.put(network.getKey() + "/" + name, buffer));
        }
        return weights;
    }

    /** @throws IllegalArgumentException if the state is not of these weights; what was checked before is changed then */
    void restore(Map<String, Tensor> state) {
        optimiser.restore(part(state, "optimiser/"));
        if (average != null) {
            average.restore(part(state, "average/"));
        }
        Map<String, Tensor> stored = part(state, "weights/");
        Scope.withoutGradient(() -> {
            weights().forEach((name, tensor) -> {
                if (!stored.containsKey(name)) {
                    throw new IllegalArgumentException("the checkpoint holds no " + name + ": another stage or recipe wrote it");
                }
                tensor.copy_(stored.get(name));
            });
            return null;
        });
    }

    /** What of a saved state has this prefix, without it. */
    static Map<String, Tensor> part(Map<String, Tensor> state, String prefix) {
        Map<String, Tensor> part = new LinkedHashMap<>();
        state.forEach((name, tensor) -> {
            if (name.startsWith(prefix)) {
                part.put(name.substring(prefix.length()), tensor);
            }
        });
        return part;
    }

    @Override
    public void close() {
        optimiser.close();
        gradients.close();
        if (average != null) {
            average.close();
        }
    }
}
