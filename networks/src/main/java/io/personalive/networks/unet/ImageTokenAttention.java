package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/**
 * Cross-attention to one image token. The softmax over a single key is 1 whatever the query, so only values count:
 * queries, keys and the norm before them are part of the checkpoint and never of the result.
 */
final class ImageTokenAttention {
    private final Linear toV, toOut;

    /** @param block the transformer block, which holds {@code attn2} and {@code norm2} */
    ImageTokenAttention(Weights block, long channels, long tokenWidth) {
        Weights at = block.at("attn2");
        at.unused("to_q.weight", channels, channels);
        at.unused("to_k.weight", channels, tokenWidth);
        block.unused("norm2.weight", channels);
        block.unused("norm2.bias", channels);
        toV = Linear.withoutBias(at.at("to_v"), tokenWidth, channels);
        toOut = Linear.of(at.at("to_out.0"), channels, channels);
    }

    /** @throws IllegalArgumentException if a UNet that reads image tokens doesn't get one for each sequence */
    static void require(UNetConfig config, Tensor imageToken, long sequences) {
        if (config.readsImage() && (imageToken == null || imageToken.size(0) != sequences)) {
            throw new IllegalArgumentException("there are " + (imageToken == null ? 0 : imageToken.size(0))
                    + " image tokens, expected " + sequences + ": one of each reference");
        }
    }

    /**
     * @param imageToken (b, 1, token width)
     * @return (b, 1, channels), to be added to every token of a sequence
     */
    Tensor forward(Tensor imageToken) {
        try (Scope scope = new Scope()) {
            return scope.keep(toOut.forward(toV.forward(imageToken)));
        }
    }
}
