package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;

/** Strengthens channels that respond more than others over the whole picture. Woo et al. 2023 (ConvNeXt V2). */
final class GlobalResponseNorm {
    private static final double EPSILON = 1e-6;
    private static final long[] PIXELS = {1, 2}, CHANNELS = {3};

    private final Tensor gamma, beta;

    GlobalResponseNorm(Weights at, long channels) {
        gamma = at.get("gamma", 1, 1, 1, channels);
        beta = at.get("beta", 1, 1, 1, channels);
    }

    /**
     * @param pixels (b, h, w, c)
     * @return (b, h, w, c)
     */
    Tensor forward(Tensor pixels) {
        try (Scope scope = new Scope()) {
            Tensor response = pixels.norm(new ScalarOptional(new Scalar(2.0)), PIXELS, true);
            Tensor mean = response.mean(CHANNELS, true, new ScalarTypeOptional());
            Tensor ratio = response.div(mean.add(new Scalar(EPSILON)));
            return scope.keep(pixels.mul(ratio).mul(gamma).add(beta).add(pixels));
        }
    }
}
