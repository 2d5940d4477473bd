package io.personalive.torch.training;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The gradients of all trained parameters as one flat buffer, to which backward passes add: one norm clips them, and
 * one exchange joins those of several processes.
 */
public final class Gradients implements AutoCloseable {
    private final Parameters parameters;
    private final Tensor flat;

    /** @param parameters trained ones, in float32, all on one device */
    public Gradients(Parameters parameters) {
        this.parameters = parameters;
        Tensor first = parameters.named().values().iterator().next();
        try (Scope scope = new Scope()) {
            flat = Scope.own(torch.zeros(new long[] {parameters.elements()},
                    new TensorOptions(first.device()).dtype(new ScalarTypeOptional(ScalarType.Float))));
            long begin = 0;
            for (Tensor parameter : parameters.named().values()) {
                try (Scope each = new Scope()) {
                    Tensor part = flat.narrow(0, begin, parameter.numel());
                    // laid out as the parameter is, so that optimiser steps may run over both as plain rows
                    parameter.mutable_grad().put(part.as_strided(Tensors.shape(parameter), strides(parameter)));
                }
                begin += parameter.numel();
            }
        }
    }

    private static long[] strides(Tensor tensor) {
        long[] strides = new long[(int) tensor.dim()];
        for (int i = 0; i < strides.length; i++) {
            strides[i] = tensor.stride(i);
        }
        return strides;
    }

    /** The buffer itself: what is written to it is written to the parameters' gradients. */
    public Tensor flat() {
        return flat;
    }

    /** The parameters whose gradients these are. */
    public Parameters parameters() {
        return parameters;
    }

    /** Forgets what was added. */
    public void clear() {
        Scope.withoutGradient(() -> flat.zero_());
    }

    /** The length of all gradients as one vector; not finite where one of them isn't. */
    public double norm() {
        try (Scope scope = new Scope()) {
            return Scope.withoutGradient(() -> flat.norm().item_double());
        }
    }

    /**
     * Shortens the gradients to a length where they are longer. Pascanu et al. 2013.
     *
     * @return the length before; where it isn't finite nothing is changed, and no step should be taken
     */
    public double clip(double longest) {
        double norm = norm();
        if (norm > longest && norm < Double.POSITIVE_INFINITY) {
            scale(longest / norm);
        }
        return norm;
    }

    /** Multiplies all gradients, for a mean over several backward passes or processes. */
    public void scale(double factor) {
        try (Scope scope = new Scope()) {
            Scope.withoutGradient(() -> flat.mul_(new Scalar(factor)));
        }
    }

    @Override
    public void close() {
        try (Scope scope = new Scope()) {
            parameters.named().values().forEach(parameter -> parameter.mutable_grad().put(new Tensor()));
        }
        Scope.release(flat);
    }
}
