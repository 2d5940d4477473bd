package io.personalive.networks.clip;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Attention;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** One pre-norm transformer layer: self-attention and a feed-forward part. */
final class EncoderLayer {
    private static final double QUICK_GELU_SLOPE = 1.702;

    private final LayerNorm attentionNorm, feedForwardNorm;
    private final Linear query, key, value, attentionOut, feedForwardIn, feedForwardOut;
    private final int heads;

    EncoderLayer(Weights at, ImageEncoderConfig config) {
        int width = config.hiddenSize();
        heads = config.numAttentionHeads();
        attentionNorm = new LayerNorm(at.at("layer_norm1"), width, config.layerNormEps());
        query = Linear.of(at.at("self_attn.q_proj"), width, width);
        key = Linear.of(at.at("self_attn.k_proj"), width, width);
        value = Linear.of(at.at("self_attn.v_proj"), width, width);
        attentionOut = Linear.of(at.at("self_attn.out_proj"), width, width);
        feedForwardNorm = new LayerNorm(at.at("layer_norm2"), width, config.layerNormEps());
        feedForwardIn = Linear.of(at.at("mlp.fc1"), width, config.intermediateSize());
        feedForwardOut = Linear.of(at.at("mlp.fc2"), config.intermediateSize(), width);
    }

    /**
     * @param tokens (b, l, width)
     * @return (b, l, width)
     */
    Tensor forward(Tensor tokens) {
        try (Scope scope = new Scope()) {
            Tensor normed = attentionNorm.forward(tokens);
            Tensor read = Attention.attend(query.forward(normed), key.forward(normed), value.forward(normed), heads);
            Tensor attended = Activation.add(attentionOut.forward(read), tokens);
            Tensor inner = quickGelu(feedForwardIn.forward(feedForwardNorm.forward(attended)));
            return scope.keep(Activation.add(feedForwardOut.forward(inner), attended));
        }
    }

    private static Tensor quickGelu(Tensor x) {
        return x.mul(x.mul(new Scalar(QUICK_GELU_SLOPE)).sigmoid());
    }
}
