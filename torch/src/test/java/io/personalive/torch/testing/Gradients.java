package io.personalive.torch.testing;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
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
     * @param loss a single number; in float64, so that small differences are seen
     * @param step how far, as a part of the parameter's norm
     * @return the relative difference
     */
    public static double slopeError(Tensor parameter, Supplier<Tensor> loss, double step) {
        return relativeError(parameter, norm -> slope(parameter, loss, step, norm));
    }

    /**
     * The same where the loss bends too much for a step that its rounding lets see: from two steps, the second half as
     * long, follows the slope at no step at all, but for the fourth power of the step. Richardson 1911.
     *
     * @param step the longer one, as a part of the parameter's norm
     * @return the relative difference
     */
    public static double extrapolatedSlopeError(Tensor parameter, Supplier<Tensor> loss, double step) {
        return relativeError(parameter, norm ->
                (4 * slope(parameter, loss, step / 2, norm) - slope(parameter, loss, step, norm)) / 3);
    }

    private static double relativeError(Tensor parameter, DoubleUnaryOperator slope) {
        return Scope.withoutGradient(() -> {
            double norm = parameter.grad().norm().item_double();
            return Math.abs(slope.applyAsDouble(norm) - norm) / norm;
        });
    }

    /** @param norm of the parameter's gradient, along which it is moved */
    private static double slope(Tensor parameter, Supplier<Tensor> loss, double step, double norm) {
        try (Scope scope = new Scope()) {
            Tensor before = parameter.clone(), gradient = parameter.grad();
            double length = step * before.norm().item_double() / norm;
            parameter.copy_(before.add(gradient.mul(new Scalar(length))));
            double above = loss.get().item_double();
            parameter.copy_(before.sub(gradient.mul(new Scalar(length))));
            double below = loss.get().item_double();
            parameter.copy_(before);
            return (above - below) / (2 * length * norm);
        }
    }

    /**
     * How well the gradient of one parameter's steepest element foretells the loss: moves that element alone.
     *
     * @param step how far, there and back
     * @return the relative difference
     */
    public static double elementError(Tensor parameter, Supplier<Tensor> loss, double step) {
        return Scope.withoutGradient(() -> {
            try (Scope scope = new Scope()) {
                float[] gradient = Tensors.floats(parameter.grad());
                int steepest = 0;
                for (int i = 1; i < gradient.length; i++) {
                    steepest = Math.abs(gradient[i]) > Math.abs(gradient[steepest]) ? i : steepest;
                }
                Tensor element = element(parameter, steepest);
                Tensor before = element.clone();
                element.copy_(before.add(new Scalar(step)));
                double above = loss.get().item_double();
                element.copy_(before.sub(new Scalar(step)));
                double below = loss.get().item_double();
                element.copy_(before);
                double slope = (above - below) / (2 * step);
                return Math.abs(slope - gradient[steepest]) / Math.abs(gradient[steepest]);
            }
        });
    }

    /** @return a view of one element; a view of the whole as a list doesn't exist for every memory layout */
    private static Tensor element(Tensor tensor, long place) {
        long[] shape = Tensors.shape(tensor);
        Tensor part = tensor;
        for (int dimension = shape.length - 1; dimension >= 0; dimension--) {
            part = part.select(dimension, place % shape[dimension]);
            place /= shape[dimension];
        }
        return part;
    }
}
