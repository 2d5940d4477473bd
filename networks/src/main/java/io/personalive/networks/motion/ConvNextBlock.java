package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A depthwise convolution, then a feed-forward part for each pixel, plus a skip. Woo et al. 2023 (ConvNeXt V2). */
final class ConvNextBlock {
    private final Conv2d depthwise;
    private final LayerNorm norm;
    private final Linear widen, narrow;
    private final GlobalResponseNorm response;

    ConvNextBlock(Weights at, long channels) {
        depthwise = Conv2d.depthwise(at.at("dwconv"), channels, 7);
        norm = new LayerNorm(at.at("norm"), channels, MotionExtractor.EPSILON);
        widen = Linear.of(at.at("pwconv1"), channels, 4 * channels);
        response = new GlobalResponseNorm(at.at("grn"), 4 * channels);
        narrow = Linear.of(at.at("pwconv2"), 4 * channels, channels);
    }

    /**
     * @param images (b, c, h, w)
     * @return (b, c, h, w)
     */
    Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor pixels = norm.forward(depthwise.forward(images).permute(0, 2, 3, 1));
            Tensor inner = response.forward(torch.gelu(widen.forward(pixels)));
            return scope.keep(Activation.add(narrow.forward(inner).permute(0, 3, 1, 2), images));
        }
    }
}
