package io.personalive.torch.layers;

import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Normalises groups of channels of each picture. Wu and He 2018. */
public final class GroupNorm {
    private final TensorOptional weight, bias;
    private final long groups;
    private final double epsilon;

    public GroupNorm(Weights at, long groups, long channels, double epsilon) {
        this.weight = at.own(new TensorOptional(at.get("weight", channels)));
        this.bias = at.own(new TensorOptional(at.get("bias", channels)));
        this.groups = groups;
        this.epsilon = epsilon;
    }

    /**
     * @param images (b, c, h, w)
     * @return (b, c, h, w)
     */
    public Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            return scope.keep(torch.group_norm(images, groups, weight, bias, epsilon, false));
        }
    }
}
