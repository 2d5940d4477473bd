package io.personalive.networks.unet;

import io.personalive.networks.Pixels;
import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** A transformer block over the pixels of each frame. */
final class SpatialTransformer implements Stage {
    static final double EPSILON = 1e-6;

    private final GroupNorm norm;
    private final Linear projIn, projOut;
    private final TransformerBlock block;

    SpatialTransformer(Weights at, UNetConfig config, long channels, boolean readsImage, int number) {
        norm = new GroupNorm(at.at("norm"), config.groups(), channels, EPSILON);
        projIn = Linear.ofPointwise(at.at("proj_in"), channels, channels);
        block = new TransformerBlock(at.at("transformer_blocks.0"), config, channels, readsImage, number);
        projOut = Linear.ofPointwise(at.at("proj_out"), channels, channels);
    }

    TransformerBlock block() {
        return block;
    }

    @Override
    public Tensor forward(Tensor x, Conditioning conditioning) {
        try (Scope scope = new Scope()) {
            Tensor tokens = projIn.forward(Pixels.toTokens(norm.forward(x)));
            Tensor hidden = projOut.forward(block.forward(tokens, conditioning.appearance()));
            return scope.keep(Activation.add(Pixels.toImages(hidden, x.size(2), x.size(3)), x));
        }
    }
}
