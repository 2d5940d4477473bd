package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.GegluFeedForward;
import io.personalive.torch.layers.LayerNorm;
import io.personalive.torch.weights.Weights;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** Self-attention, attention to the image token, gated feed-forward; each normalised before and with a skip. */
final class TransformerBlock {
    static final double EPSILON = 1e-5;

    private final int number;
    private final LayerNorm norm1, norm3;
    private final SelfAttention selfAttention;
    private final Optional<ImageTokenAttention> imageAttention;
    private final GegluFeedForward feedForward;

    /**
     * @param readsImage whether there is attention to the image token
     * @param number     of the block, in the order of computation: its place in the appearance bank
     */
    TransformerBlock(Weights at, UNetConfig config, long channels, boolean readsImage, int number) {
        this.number = number;
        norm1 = new LayerNorm(at.at("norm1"), channels, EPSILON);
        selfAttention = new SelfAttention(at.at("attn1"), channels, config.heads());
        imageAttention = readsImage
                ? Optional.of(new ImageTokenAttention(at, channels, config.imageTokenWidth())) : Optional.empty();
        norm3 = new LayerNorm(at.at("norm3"), channels, EPSILON);
        feedForward = new GegluFeedForward(at.at("ff"), channels);
    }

    SelfAttention selfAttention() {
        return selfAttention;
    }

    /** Attention to the image token, where there is any. */
    Optional<ImageTokenAttention> imageAttention() {
        return imageAttention;
    }

    /** @return (b*f, n, channels), as the argument */
    Tensor forward(Tensor tokens, Appearance appearance) {
        try (Scope scope = new Scope()) {
            Tensor read = appearance.selfAttention(number, selfAttention, norm1.forward(tokens));
            Tensor hidden = Activation.add(read, tokens);
            if (imageAttention.isPresent()) {
                hidden = Activation.add(hidden, appearance.imageAttention(number, imageAttention.get(), tokens.size(0)));
            }
            Tensor out = feedForward.forward(norm3.forward(hidden));
            return scope.keep(Activation.add(out, hidden));
        }
    }
}
