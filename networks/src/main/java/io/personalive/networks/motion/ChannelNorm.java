package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** A layer norm over the channels of each pixel of a picture. */
final class ChannelNorm {
    private final LayerNorm norm;

    ChannelNorm(Weights at, long channels) {
        norm = new LayerNorm(at, channels, MotionExtractor.EPSILON);
    }

    /**
     * @param images (b, c, h, w)
     * @return (b, c, h, w)
     */
    Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            return scope.keep(norm.forward(images.permute(0, 2, 3, 1)).permute(0, 3, 1, 2));
        }
    }
}
