package io.personalive.torch.layers;

import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Batch normalisation. It goes by the running statistics, but where they are learned a training pass goes by its
 * batch's own, which the running ones follow. Ioffe and Szegedy 2015.
 */
public final class BatchNorm2d {
    /** How far the running statistics go towards a batch's. */
    private static final double MOMENTUM = 0.1;

    private final TensorOptional weight, bias, mean, variance;
    private final Tensor batches;
    private final double epsilon;
    private final boolean learnsStatistics;

    public BatchNorm2d(Weights at, long channels, double epsilon) {
        this.weight = at.own(new TensorOptional(at.get("weight", channels)));
        this.bias = at.own(new TensorOptional(at.get("bias", channels)));
        this.mean = at.own(new TensorOptional(at.buffer("running_mean", channels)));
        this.variance = at.own(new TensorOptional(at.buffer("running_var", channels)));
        this.batches = at.counter("num_batches_tracked");
        this.epsilon = epsilon;
        this.learnsStatistics = at.learnsStatistics();
    }

    /**
     * @param images (b, c, h, w)
     * @return (b, c, h, w)
     */
    public Tensor forward(Tensor images) {
        boolean byBatch = learnsStatistics && !Pass.inference();
        try (Scope scope = new Scope()) {
            if (byBatch && Pass.current() == Pass.AGAIN) {
                // a batch that is computed again was counted the first time
                TensorOptional none = new TensorOptional();
                return scope.keep(torch.batch_norm(images, weight, bias, none, none, true, MOMENTUM, epsilon, false));
            }
            if (byBatch) {
                batches.add_(new Scalar(1));
            }
            return scope.keep(torch.batch_norm(images, weight, bias, mean, variance, byBatch, MOMENTUM, epsilon, false));
        }
    }
}
