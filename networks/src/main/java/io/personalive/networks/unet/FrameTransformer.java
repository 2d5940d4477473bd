package io.personalive.networks.unet;

import io.personalive.networks.Pixels;
import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.GegluFeedForward;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The shell that motion and temporal modules share: two attentions in a row and a gated feed-forward, each normalised
 * before and with a skip, between two linear layers. Guo et al. 2023 (AnimateDiff).
 */
final class FrameTransformer implements Stage {
    private static final int ATTENTIONS = 2;

    private final GroupNorm norm;
    private final Linear projIn, projOut;
    private final List<LayerNorm> norms;
    private final List<FrameAttention> attentions;
    private final LayerNorm feedForwardNorm;
    private final GegluFeedForward feedForward;

    private FrameTransformer(Weights module, UNetConfig config, long channels, Function<Weights, FrameAttention> attention) {
        Weights at = module.at("temporal_transformer");
        Weights block = at.at("transformer_blocks.0");
        norm = new GroupNorm(at.at("norm"), config.groups(), channels, SpatialTransformer.EPSILON);
        projIn = Linear.of(at.at("proj_in"), channels, channels);
        attentions = IntStream.range(0, ATTENTIONS)
                .mapToObj(i -> attention.apply(block.at("attention_blocks").at(i))).toList();
        norms = IntStream.range(0, ATTENTIONS)
                .mapToObj(i -> new LayerNorm(block.at("norms").at(i), channels, TransformerBlock.EPSILON)).toList();
        feedForwardNorm = new LayerNorm(block.at("ff_norm"), channels, TransformerBlock.EPSILON);
        feedForward = new GegluFeedForward(block.at("ff"), channels);
        projOut = Linear.of(at.at("proj_out"), channels, channels);
    }

    /** Each frame's pixels read that frame's motion tokens. */
    static FrameTransformer motionModule(Weights at, UNetConfig config, long channels) {
        return new FrameTransformer(at, config, channels, block -> new MotionAttention(block, config, channels));
    }

    /** Each pixel reads itself in all frames of its sequence. */
    static FrameTransformer temporalModule(Weights at, UNetConfig config, int channels) {
        return new FrameTransformer(at, config, channels, block -> new TemporalAttention(block, config, channels));
    }

    @Override
    public Tensor forward(Tensor x, Conditioning conditioning) {
        try (Scope scope = new Scope()) {
            Tensor tokens = projIn.forward(Pixels.toTokens(norm.forward(x)));
            for (int i = 0; i < ATTENTIONS; i++) {
                Tensor read = attentions.get(i).forward(norms.get(i).forward(tokens), conditioning);
                tokens = scope.replace(tokens, Activation.add(read, tokens));
            }
            Tensor out = Activation.add(feedForward.forward(feedForwardNorm.forward(tokens)), tokens);
            return scope.keep(Activation.add(Pixels.toImages(projOut.forward(out), x.size(2), x.size(3)), x));
        }
    }
}
