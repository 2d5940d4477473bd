package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** Self-attention between the patches of a feature map, added to the map. */
final class PatchSelfAttention {
    static final int GROUPS = 32;

    private final GroupNorm norm;
    private final Conv2d patchEmbedding;
    private final Tensor positions;
    private final TransformerBlock transformer;
    private final Linear out;
    private final int patch, grid, width;

    /** @param patch side of a patch in pixels; the map's side is so many times the grid */
    PatchSelfAttention(Weights at, long channels, int patch, MotionEncoderConfig config) {
        grid = config.grid();
        width = config.attentionWidth();
        this.patch = patch;
        norm = new GroupNorm(at.at("norm"), GROUPS, channels, 1e-6);
        patchEmbedding = Conv2d.of(at.at("pos_embed.proj"), channels, width, patch, patch, 0);
        positions = at.own(Tensors.to(PositionCode.ofSquare(grid, width), at.device(), at.type()));
        transformer = new TransformerBlock(at.at("transformer_blocks.0"), width, config.attentionHeads());
        out = Linear.of(at.at("proj_out"), width / (patch * patch), channels);
    }

    /**
     * @param images (b, c, grid*patch, grid*patch)
     * @return (b, c, grid*patch, grid*patch)
     */
    Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor patches = patchEmbedding.forward(norm.forward(images)).flatten(2, 3).transpose(1, 2);
            Tensor tokens = transformer.forward(patches.add(positions));
            return scope.keep(Activation.add(fold(tokens), images));
        }
    }

    /** Each token holds its patch pixel by pixel, so many channels each: (b, grid*grid, width) to (b, c, h, w). */
    private Tensor fold(Tensor tokens) {
        long batch = tokens.size(0), side = (long) grid * patch;
        Tensor pixels = out.forward(tokens.reshape(batch, grid, grid, patch, patch, width / (patch * patch)));
        return pixels.permute(0, 1, 3, 2, 4, 5).reshape(batch, side, side, -1).permute(0, 3, 1, 2);
    }
}
