package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Attention;
import io.personalive.torch.layers.GegluFeedForward;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** Self-attention over the patches of a picture, then a gated feed-forward part. */
final class TransformerBlock {
    private static final double EPSILON = 1e-5;

    private final LayerNorm attentionNorm, feedForwardNorm;
    private final Linear toQ, toK, toV, toOut;
    private final GegluFeedForward feedForward;
    private final int heads;

    TransformerBlock(Weights at, long width, int heads) {
        Weights attention = at.at("attention_blocks.0");
        this.heads = heads;
        attentionNorm = new LayerNorm(at.at("norms.0"), width, EPSILON);
        toQ = Linear.withoutBias(attention.at("to_q"), width, width);
        toK = Linear.withoutBias(attention.at("to_k"), width, width);
        toV = Linear.withoutBias(attention.at("to_v"), width, width);
        toOut = Linear.of(attention.at("to_out.0"), width, width);
        feedForwardNorm = new LayerNorm(at.at("ff_norm"), width, EPSILON);
        feedForward = new GegluFeedForward(at.at("ff"), width);
    }

    /**
     * @param tokens (b, l, width)
     * @return (b, l, width)
     */
    Tensor forward(Tensor tokens) {
        try (Scope scope = new Scope()) {
            Tensor normed = attentionNorm.forward(tokens);
            Tensor read = Attention.attend(toQ.forward(normed), toK.forward(normed), toV.forward(normed), heads);
            Tensor attended = Activation.add(toOut.forward(read), tokens);
            return scope.keep(Activation.add(feedForward.forward(feedForwardNorm.forward(attended)), attended));
        }
    }
}
