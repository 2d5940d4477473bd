package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** ConvNeXt V2 up to its last features. Woo et al. 2023. */
final class ConvNext {
    private static final long[] PIXELS = {2, 3};

    private final List<UnaryOperator<Tensor>> layers = new ArrayList<>();
    private final LayerNorm norm;

    ConvNext(Weights at, MotionExtractorConfig config) {
        List<Integer> widths = config.widths();
        for (int stage = 0; stage < widths.size(); stage++) {
            int width = widths.get(stage);
            Weights downsample = at.at("downsample_layers").at(stage);
            if (stage == 0) {
                layers.add(Conv2d.of(downsample.at(0), 3, width, 4, 4, 0)::forward);
                layers.add(new ChannelNorm(downsample.at(1), width)::forward);
            } else {
                layers.add(new ChannelNorm(downsample.at(0), widths.get(stage - 1))::forward);
                layers.add(Conv2d.of(downsample.at(1), widths.get(stage - 1), width, 2, 2, 0)::forward);
            }
            for (int block = 0; block < config.depths().get(stage); block++) {
                layers.add(new ConvNextBlock(at.at("stages").at(stage).at(block), width)::forward);
            }
        }
        norm = new LayerNorm(at.at("norm"), config.features(), MotionExtractor.EPSILON);
    }

    /**
     * @param images (b, 3, h, w), h and w multiples of four times its halvings
     * @return (b, features)
     */
    Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor hidden = images;
            for (UnaryOperator<Tensor> layer : layers) {
                hidden = layer.apply(hidden);
            }
            return scope.keep(norm.forward(hidden.mean(PIXELS)));
        }
    }
}
