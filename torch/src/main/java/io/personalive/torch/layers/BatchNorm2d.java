package io.personalive.torch.layers;

import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Batch normalisation by the running statistics, which stay as they are. Ioffe and Szegedy 2015. */
public final class BatchNorm2d {
    private final TensorOptional weight, bias, mean, variance;
    private final double epsilon;

    public BatchNorm2d(Weights at, long channels, double epsilon) {
        this.weight = at.own(new TensorOptional(at.get("weight", channels)));
        this.bias = at.own(new TensorOptional(at.get("bias", channels)));
        this.mean = at.own(new TensorOptional(at.buffer("running_mean", channels)));
        this.variance = at.own(new TensorOptional(at.buffer("running_var", channels)));
        this.epsilon = epsilon;
        at.ignore("num_batches_tracked");
    }

    /**
     * @param images (b, c, h, w)
     * @return (b, c, h, w)
     */
    public Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            return scope.keep(torch.batch_norm(images, weight, bias, mean, variance, false, 0, epsilon, false));
        }
    }
}
