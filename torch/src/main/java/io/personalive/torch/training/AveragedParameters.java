package io.personalive.torch.training;

import io.personalive.torch.Scope;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** A moving average of parameters, which often serves better than their last values. Polyak and Juditsky 1992. */
public final class AveragedParameters implements AutoCloseable {
    private final Parameters parameters;
    private final Map<String, Tensor> averages = new LinkedHashMap<>();

    /** Begins with the parameters as they are. */
    public AveragedParameters(Parameters parameters) {
        this.parameters = parameters;
        Scope.withoutGradient(() -> {
            parameters.named().forEach((name, parameter) -> {
                try (Scope scope = new Scope()) {
                    averages.put(name, Scope.own(parameter.detach().clone()));
                }
            });
            return null;
        });
    }

    /** @param kept part of the average that stays, such as 0.999; the rest comes from the parameters as they are now */
    public void update(double kept) {
        Scope.withoutGradient(() -> {
            try (Scope scope = new Scope()) {
                Scalar taken = new Scalar(1 - kept);
                averages.forEach((name, average) -> average.lerp_(parameters.named().get(name), taken));
            }
            return null;
        });
    }

    /** Lets the networks compute with the averages until {@link Exchange#close}. Nothing may be trained meanwhile. */
    public Exchange exchange() {
        swap();
        return this::swap;
    }

    /** The time for which the averages stand in the parameters' place. */
    public interface Exchange extends AutoCloseable {
        @Override
        void close();
    }

    private void swap() {
        Scope.withoutGradient(() -> {
            averages.forEach((name, average) -> {
                try (Scope scope = new Scope()) {
                    Tensor parameter = parameters.named().get(name), before = parameter.detach().clone();
                    parameter.copy_(average);
                    average.copy_(before);
                }
            });
            return null;
        });
    }

    /** The averages themselves, by the parameters' names. */
    public Map<String, Tensor> state() {
        return Collections.unmodifiableMap(averages);
    }

    /** @throws IllegalArgumentException if the state is not of these parameters; nothing is changed then */
    public void restore(Map<String, Tensor> state) {
        averages.forEach((name, average) -> StoredState.check(state, name, average));
        Scope.withoutGradient(() -> {
            averages.forEach((name, average) -> average.copy_(state.get(name)));
            return null;
        });
    }

    @Override
    public void close() {
        averages.values().forEach(Scope::release);
    }
}
