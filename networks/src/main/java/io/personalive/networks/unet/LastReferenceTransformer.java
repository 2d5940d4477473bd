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

    LastReferenceTransformer(Weights at, UNetConfig config, long channels) {
        norm = new GroupNorm(at.at("norm"), UNetConfig.GROUPS, channels, SpatialTransformer.EPSILON);
        projIn = Linear.ofPointwise(at.at("proj_in"), channels, channels);
        Weights block = at.at("transformer_blocks.0");
        norm1 = new LayerNorm(block.at("norm1"), channels, TransformerBlock.EPSILON);

        for (String attention : new String[] {"attn1", "attn2"}) {
            long keyWidth = attention.equals("attn1") ? channels : config.imageTokenWidth();
            block.unused(attention + ".to_q.weight", channels, channels);
            block.unused(attention + ".to_k.weight", channels, keyWidth);
            block.unused(attention + ".to_v.weight", channels, keyWidth);
            block.unused(attention + ".to_out.0.weight", channels, channels);
            block.unused(attention + ".to_out.0.bias", channels);
        }
        for (String name : new String[] {"norm2", "norm3"}) {
            block.unused(name + ".weight", channels);
            block.unused(name + ".bias", channels);
        }
        block.unused("ff.net.0.proj.weight", 8 * channels, channels);
        block.unused("ff.net.0.proj.bias", 8 * channels);
        block.unused("ff.net.2.weight", channels, 4 * channels);
        block.unused("ff.net.2.bias", channels);
        at.unused("proj_out.weight", channels, channels, 1, 1);
        at.unused("proj_out.bias", channels);
    }

    /**
     * @param x (1, channels, h, w)
     * @return (1, h*w, channels), what the bank takes
     */
    Tensor bankTokens(Tensor x) {
        try (Scope scope = new Scope()) {
            return scope.keep(norm1.forward(projIn.forward(Pixels.toTokens(norm.forward(x)))));
        }
    }
}
