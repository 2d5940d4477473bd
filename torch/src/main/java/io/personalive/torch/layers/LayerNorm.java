package io.personalive.torch.layers;

import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalises the last dimension. Ba et al. 2016. */
public final class LayerNorm {
    private final TensorOptional weight, bias;
    private final long[] width;
    private final double epsilon;

    public LayerNorm(Weights at, long width, double epsilon) {
        this.weight = at.own(new TensorOptional(at.get("weight", width)));
        this.bias = at.own(new TensorOptional(at.get("bias", width)));
        this.width = new long[] {width};
        this.epsilon = epsilon;
    }

    /**
     * @param tokens (…, width)
     * @return (…, width)
     */
    public Tensor forward(Tensor tokens) {
        try (Scope scope = new Scope()) {
            return scope.keep(torch.layer_norm(tokens, width, weight, bias, epsilon, false));
        }
    }
}
