package io.personalive.torch.testing;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** Checks backward passes against what a network computes. */
public final class Gradients {
    private Gradients() {}

    /** Runs a backward pass and checks that it gives every parameter a gradient, finite and not all zeros. */
    public static void backward(Map<String, Tensor> parameters, Supplier<Tensor> loss) {
        try (Scope scope = new Scope()) {
            loss.get().backward();
            parameters.forEach((name, parameter) -> {
                double norm = parameter.grad().defined() ? parameter.grad().norm().item_double() : Double.NaN;
                if (!(norm > 0 && norm < Double.POSITIVE_INFINITY)) {
                    throw new AssertionError("the gradient of " + name + " has norm " + norm);
                }
            });
        }
    }

    /**
     * How well the gradient of one parameter foretells the loss: moves the parameter along its gradient, there and
     * back, by a part of its own size, and compares the slope with the gradient's.
     *
     * @param step how far, as a part of the parameter's norm
     * @return the relative difference
     */
    public static double slopeError(Tensor parameter, Supplier<Tensor> loss, double step) {
        return Scope.withoutGradient(() -> {
            try (Scope scope = new Scope()) {
                Tensor before = parameter.clone(), gradient = parameter.grad();
                double norm = gradient.norm().item_double();
                double length = step * before.norm().item_double() / norm;
                parameter.copy_(before.add(gradient.mul(new Scalar(length))));
                double above = sum(loss.get());
                parameter.copy_(before.sub(gradient.mul(new Scalar(length))));
                double below = sum(loss.get());
                parameter.copy_(before);
                double slope = (above - below) / (2 * length * norm);
                return Math.abs(slope - norm) / norm;
            }
        });
    }

    private static double sum(Tensor loss) {
        return Tensors.floats(loss)[0];
    }
}
