package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Upsample;
import io.personalive.torch.weights.Weights;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** One level of an hourglass: an upper branch at full size, a lower one at half size around the next level. Newell et al. 2016. */
final class Hourglass {
    private final MultiScaleBlock upper, before, after;
    private final UnaryOperator<Tensor> inner;

    /** @param depth levels from this one on; level 1 is the deepest */
    Hourglass(Weights at, int depth, long channels) {
        upper = new MultiScaleBlock(at.at("b1_" + depth), channels, channels);
        before = new MultiScaleBlock(at.at("b2_" + depth), channels, channels);
        inner = depth > 1
                ? new Hourglass(at, depth - 1, channels)::forward
                : new MultiScaleBlock(at.at("b2_plus_1"), channels, channels)::forward;
        after = new MultiScaleBlock(at.at("b3_" + depth), channels, channels);
    }

    /**
     * @param images (b, c, h, w)
     * @return (b, c, h, w)
     */
    Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor lower = after.forward(inner.apply(before.forward(MaxPool.half(images))));
            Tensor resized = Upsample.bilinear(lower, images.size(2), images.size(3));
            return scope.keep(Activation.add(resized, upper.forward(images)));
        }
    }
}
