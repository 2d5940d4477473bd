package io.personalive.torch.training;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Adam with decoupled weight decay. Loshchilov and Hutter 2019, algorithm 2. The learning rate is given at every step.
 * Where libtorch has its fused operator that does the work, otherwise the formula written out.
 */
public final class AdamW implements AutoCloseable {
    private static final Operator FUSED = Operator.find("aten::_fused_adamw_");

    /**
     * @param beta1   how much of the mean gradient stays at a step
     * @param beta2   how much of the mean squared gradient stays
     * @param epsilon added to the root of the mean square
     * @param decay   part of a parameter that goes at a step, times the learning rate
     * @param decays  tells by name which parameters decay; see {@link #weightsAlone}
     */
    public record Options(double beta1, double beta2, double epsilon, double decay, Predicate<String> decays) {
        /** @throws IllegalArgumentException naming the number that can't be */
        public Options {
            if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
                throw new IllegalArgumentException("betas are " + beta1 + " and " + beta2 + ", expected from 0 to below 1");
            }
            if (!(epsilon > 0) || !(decay >= 0)) {
                throw new IllegalArgumentException("epsilon is " + epsilon + " and weight decay " + decay
                        + ", expected a positive epsilon and no negative decay");
            }
        }

        /** The usual betas and epsilon; every parameter decays. */
        public static Options usual(double decay) {
            return new Options(0.9, 0.999, 1e-8, decay, name -> true);
        }

        /** The same without decay of biases and of the scales of norms: of all that has one dimension. */
        public Options weightsAlone(Parameters parameters) {
            return new Options(beta1, beta2, epsilon, decay, name -> parameters.named().get(name).dim() > 1);
        }
    }

    private static final class Moments {
        private final Tensor mean, square;
        private long step;

        Moments(Tensor parameter) {
            // as the parameter lies in memory
            mean = Scope.own(torch.zeros_like(parameter));
            square = Scope.own(torch.zeros_like(parameter));
        }
    }

    private final Parameters parameters;
    private final Options options;
    private final boolean fused;
    private final Map<String, Moments> moments = new LinkedHashMap<>();

    /** @param parameters trained ones, which stay their networks' */
    public AdamW(Parameters parameters, Options options) {
        this(parameters, options, FUSED != null);
    }

    AdamW(Parameters parameters, Options options, boolean fused) {
        this.parameters = parameters;
        this.options = options;
        this.fused = fused;
        try (Scope scope = new Scope()) {
            parameters.named().forEach((name, parameter) -> moments.put(name, new Moments(parameter.detach())));
        }
    }

    /** Moves every parameter that has a gradient. */
    public void step(double learningRate) {
        try (Scope scope = new Scope()) {
            Scope.withoutGradient(() -> {
                stepGroup(learningRate, options.decay(), options.decays());
                stepGroup(learningRate, 0, options.decays().negate());
                return null;
            });
        }
    }

    private void stepGroup(double learningRate, double decay, Predicate<String> chosen) {
        Map<Long, List<String>> byStep = new TreeMap<>(); // a parameter may have missed steps
        parameters.named().forEach((name, parameter) -> {
            if (chosen.test(name) && parameter.grad().defined()) {
                byStep.computeIfAbsent(++moments.get(name).step, step -> new ArrayList<>()).add(name);
            }
        });
        byStep.forEach((step, names) -> {
            try (Scope scope = new Scope()) {
                if (fused) {
                    stepFused(names, step, learningRate, decay);
                } else {
                    names.forEach(name -> stepWritten(name, step, learningRate, decay));
                }
            }
        });
    }

    private void stepFused(List<String> names, long step, double learningRate, double decay) {
        List<Tensor> values = new ArrayList<>(), gradients = new ArrayList<>(), means = new ArrayList<>(),
                squares = new ArrayList<>(), steps = new ArrayList<>();
        Tensor count = Tensors.of(new float[] {step});
        for (String name : names) {
            Tensor value = parameters.named().get(name);
            values.add(value);
            gradients.add(value.grad());
            means.add(moments.get(name).mean);
            squares.add(moments.get(name).square);
            steps.add(value.is_cuda() ? count.to(value.device(), ScalarType.Float) : count);
        }
        FUSED.call(Operator.tensors(values), Operator.tensors(gradients), Operator.tensors(means),
                Operator.tensors(squares), Operator.tensors(List.of()), Operator.tensors(steps),
                new IValue(learningRate), new IValue(options.beta1()), new IValue(options.beta2()), new IValue(decay),
                new IValue(options.epsilon()), new IValue(false), new IValue(false), new IValue(), new IValue());
    }

    private void stepWritten(String name, long step, double learningRate, double decay) {
        try (Scope scope = new Scope()) {
            Tensor value = parameters.named().get(name), gradient = value.grad();
            Tensor mean = moments.get(name).mean, square = moments.get(name).square;
            mean.lerp_(gradient, new Scalar(1 - options.beta1()));
            square.mul_(new Scalar(options.beta2())).addcmul_(gradient, gradient, new Scalar(1 - options.beta2()));
            Tensor root = square.div(new Scalar(1 - Math.pow(options.beta2(), step))).sqrt()
                    .add(new Scalar(options.epsilon()));
            value.mul_(new Scalar(1 - learningRate * decay));
            value.addcdiv_(mean, root, new Scalar(-learningRate / (1 - Math.pow(options.beta1(), step))));
        }
    }

    /**
     * Everything that the next step depends on but the parameters themselves.
     *
     * @return {@code NAME.mean}, {@code NAME.square} (this optimiser's own) and {@code NAME.step} (in the caller's scope)
     */
    public Map<String, Tensor> state() {
        Map<String, Tensor> state = new LinkedHashMap<>();
        moments.forEach((name, each) -> {
            state.put(name + ".mean", each.mean);
            state.put(name + ".square", each.square);
            state.put(name + ".step", Tensors.of(new long[] {each.step}));
        });
        return state;
    }

    /**
     * Goes on where a state was taken.
     *
     * @throws IllegalArgumentException if it is not of these parameters; nothing is changed then
     */
    public void restore(Map<String, Tensor> state) {
        moments.forEach((name, each) -> {
            StoredState.check(state, name + ".mean", each.mean);
            StoredState.check(state, name + ".square", each.square);
            StoredState.find(state, name + ".step");
        });
        Scope.withoutGradient(() -> {
            moments.forEach((name, each) -> {
                each.mean.copy_(state.get(name + ".mean"));
                each.square.copy_(state.get(name + ".square"));
                each.step = Tensors.longs(state.get(name + ".step"))[0];
            });
            return null;
        });
    }

    @Override
    public void close() {
        moments.values().forEach(each -> {
            Scope.release(each.mean);
            Scope.release(each.square);
        });
    }
}
