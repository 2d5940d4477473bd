package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** An angle as the mean over bins of three degrees around 0, weighted by how likely each is. Ruiz et al. 2018. */
final class AngleHead {
    private static final double DEGREES_A_BIN = 3;

    private final Linear bins;
    private final Tensor index;
    private final double lowest;

    AngleHead(Weights at, MotionExtractorConfig config) {
        int count = config.angleBins();
        bins = Linear.of(at, config.features(), count);
        lowest = -DEGREES_A_BIN * (count - 1) / 2;
        index = at.own(Tensors.to(binNumbers(count), at.device(), at.type()));
    }

    /** @return (count), from 0 */
    static Tensor binNumbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = i;
        }
        return Tensors.of(numbers, count);
    }

    /**
     * @param features (f, features)
     * @return (f), degrees
     */
    Tensor forward(Tensor features) {
        try (Scope scope = new Scope()) {
            Tensor mean = bins.forward(features).softmax(1).mul(index).sum(1);
            return scope.keep(mean.mul(new Scalar(DEGREES_A_BIN)).add(new Scalar(lowest)));
        }
    }
}
