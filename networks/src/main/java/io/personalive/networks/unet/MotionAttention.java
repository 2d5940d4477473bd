package io.personalive.networks.unet;

import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import io.personalive.torch.layers.Attention;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Attention from a frame's pixels to that frame's motion tokens.
 *
 * <p>The tokens are few and the pixels many, so for inference the projections of pixels are folded into those of
 * tokens: scores are x (Wq' k), the result is softmax(scores) (v Wo'). The numbers are the same but for rounding, and
 * two matrix products over all pixels become one of a quarter to all of their width.
 */
final class MotionAttention implements FrameAttention {
    private final Linear toQ, toK, toV, toOut;
    private final int heads;

    MotionAttention(Weights at, UNetConfig config, long channels) {
        toQ = Linear.withoutBias(at.at("to_q"), channels, channels);
        toK = Linear.withoutBias(at.at("to_k"), config.motionTokenWidth(), channels);
        toV = Linear.withoutBias(at.at("to_v"), config.motionTokenWidth(), channels);
        toOut = Linear.of(at.at("to_out.0"), channels, channels);
        heads = config.heads();
    }

    @Override
    public Tensor forward(Tensor tokens, Conditioning conditioning) {
        try (Scope scope = new Scope()) {
            Tensor keys = toK.forward(conditioning.motionTokens());
            Tensor values = toV.forward(conditioning.motionTokens());
            return scope.keep(GradMode.is_enabled()
                    ? toOut.forward(Attention.attend(toQ.forward(tokens), keys, values, heads))
                    : folded(tokens, keys, values));
        }
    }

    private Tensor folded(Tensor tokens, Tensor keys, Tensor values) {
        long frames = tokens.size(0), channels = tokens.size(2), headWidth = channels / heads;
        long count = keys.size(1);
        FlopCounter.add(4 * frames * count * channels * channels + 4 * tokens.numel() * heads * count);
        try (Scope scope = new Scope()) {
            Tensor queryWeight = toQ.weight().view(heads, headWidth, channels);
            Tensor outWeight = toOut.weight().view(channels, heads, headWidth).permute(1, 2, 0);
            Tensor scaled = keys.mul(new Scalar(1 / Math.sqrt(headWidth)));
            Tensor pixelKeys = byHead(scaled).bmm(queryWeight).view(heads, frames, count, channels)
                    .permute(1, 3, 0, 2).reshape(frames, channels, heads * count);
            Tensor pixelValues = byHead(values).bmm(outWeight).view(heads, frames, count, channels)
                    .permute(1, 0, 2, 3).reshape(frames, heads * count, channels);
            Tensor weights = tokens.bmm(pixelKeys).unflatten(2, heads, count).softmax(-1).flatten(2, 3);
            return scope.keep(torch.baddbmm(toOut.bias(), weights, pixelValues));
        }
    }

    /** @return (heads, f*m, head width) of (f, m, channels) */
    private Tensor byHead(Tensor tokens) {
        return tokens.unflatten(2, heads, tokens.size(2) / heads).permute(2, 0, 1, 3).flatten(1, 2);
    }
}
