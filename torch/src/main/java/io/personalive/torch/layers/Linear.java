package io.personalive.torch.layers;

import io.personalive.torch.BlasThreads;
import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A matrix product over the last dimension: y = x Wᵀ + b. */
public final class Linear {
    private final Tensor weight;
    private final TensorOptional bias;

    private Linear(Tensor weight, TensorOptional bias) {
        this.weight = weight;
        this.bias = bias;
    }

    /** With bias. */
    public static Linear of(Weights at, long in, long out) {
        return new Linear(at.get("weight", out, in), at.own(new TensorOptional(at.get("bias", out))));
    }

    /** Without bias. */
    public static Linear withoutBias(Weights at, long in, long out) {
        return new Linear(at.get("weight", out, in), at.own(new TensorOptional()));
    }

    /** A 1x1 convolution's weights, applied to tokens instead of pixels; with bias. */
    public static Linear ofPointwise(Weights at, long in, long out) {
        return new Linear(at.get("weight", out, in, 1, 1).flatten(1, 3), at.own(new TensorOptional(at.get("bias", out))))
                .ownedBy(at);
    }

    private Linear ownedBy(Weights at) {
        at.own(weight);
        return this;
    }

    /** @return the (out, in) matrix, for those who fold it into another */
    public Tensor weight() {
        return weight;
    }

    /** @return the (out) bias, for those who fold the matrix into another; the layer has one */
    public Tensor bias() {
        return bias.get();
    }

    /**
     * @param x (…, in)
     * @return (…, out)
     */
    public Tensor forward(Tensor x) {
        long operations = 2 * x.numel() * weight.size(0);
        FlopCounter.add(operations);
        try (Scope scope = new Scope()) {
            return scope.keep(BlasThreads.shared(operations, () -> torch.linear(x, weight, bias)));
        }
    }
}
