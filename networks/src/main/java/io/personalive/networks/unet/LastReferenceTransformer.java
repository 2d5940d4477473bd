package io.personalive.networks.unet;

import io.personalive.networks.Pixels;
import io.personalive.torch.Scope;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/**
 * The reference UNet's last spatial transformer, of which only what the appearance bank takes is computed: the first
 * norm's output. All that follows is in the checkpoint and never of consequence.
 */
final class LastReferenceTransformer {
    private final GroupNorm norm;
    private final Linear projIn;
    private final LayerNorm norm1;

    LastReferenceTransformer(Weights at, UNetConfig config, long channels, boolean readsImage) {
        norm = new GroupNorm(at.at("norm"), config.groups(), channels, SpatialTransformer.EPSILON);
        projIn = Linear.ofPointwise(at.at("proj_in"), channels, channels);
        Weights block = at.at("transformer_blocks.0");
        norm1 = new LayerNorm(block.at("norm1"), channels, TransformerBlock.EPSILON);

        unused(block.at("attn1"), channels, channels);
        if (readsImage) {
            unused(block.at("attn2"), channels, config.imageTokenWidth());
            block.unused("norm2.weight", channels);
            block.unused("norm2.bias", channels);
        }
        block.unused("norm3.weight", channels);
        block.unused("norm3.bias", channels);
        block.unused("ff.net.0.proj.weight", 8 * channels, channels);
        block.unused("ff.net.0.proj.bias", 8 * channels);
        block.unused("ff.net.2.weight", channels, 4 * channels);
        block.unused("ff.net.2.bias", channels);
        at.unused("proj_out.weight", channels, channels, 1, 1);
        at.unused("proj_out.bias", channels);
    }

    private static void unused(Weights attention, long channels, long keyWidth) {
        attention.unused("to_q.weight", channels, channels);
        attention.unused("to_k.weight", channels, keyWidth);
        attention.unused("to_v.weight", channels, keyWidth);
        attention.unused("to_out.0.weight", channels, channels);
        attention.unused("to_out.0.bias", channels);
    }

    /**
     * @param x (b, channels, h, w)
     * @return (b, h*w, channels), what the bank takes
     */
    Tensor bankTokens(Tensor x) {
        try (Scope scope = new Scope()) {
            return scope.keep(norm1.forward(projIn.forward(Pixels.toTokens(norm.forward(x)))));
        }
    }
}
