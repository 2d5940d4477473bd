package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** An angle as the mean over 66 bins of three degrees, weighted by how likely each is. Ruiz et al. 2018. */
final class AngleHead {
    private static final int BINS = 66;
    private static final double DEGREES_A_BIN = 3, LOWEST = -97.5;

    private final Linear bins;
    private final Tensor index;

    AngleHead(Weights at) {
        bins = Linear.of(at, ConvNext.FEATURES, BINS);
        index = at.own(Tensors.to(binNumbers(), at.device(), at.type()));
    }

    /** @return (66), 0 to 65 */
    static Tensor binNumbers() {
        float[] numbers = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            numbers[i] = i;
        }
        return Tensors.of(numbers, BINS);
    }

    /**
     * @param features (f, 768)
     * @return (f), degrees
     */
    Tensor forward(Tensor features) {
        try (Scope scope = new Scope()) {
            Tensor mean = bins.forward(features).softmax(1).mul(index).sum(1);
            return scope.keep(mean.mul(new Scalar(DEGREES_A_BIN)).add(new Scalar(LOWEST)));
        }
    }
}
