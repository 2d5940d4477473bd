package io.personalive.networks.unet;

import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Attention of each pixel to itself in all frames of the window, which know their place by a position code. */
final class TemporalAttention implements FrameAttention {
    private final Linear toQ, toK, toV, toOut;
    private final Tensor positions;
    private final int heads;

    TemporalAttention(Weights at, int channels, int heads) {
        toQ = Linear.withoutBias(at.at("to_q"), channels, channels);
        toK = Linear.withoutBias(at.at("to_k"), channels, channels);
        toV = Linear.withoutBias(at.at("to_v"), channels, channels);
        toOut = Linear.of(at.at("to_out.0"), channels, channels);
        positions = PositionCode.of(at, channels);
        at.derived("pos_encoder.pe", () -> positions.transpose(0, 1));
        this.heads = heads;
    }

    @Override
    public Tensor forward(Tensor tokens, Tensor motionTokens) {
        try (Scope scope = new Scope()) {
            Tensor placed = tokens.add(positions.narrow(0, 0, tokens.size(0)));
            FlopCounter.add(4 * tokens.numel() * tokens.size(0));
            Tensor out = torch.scaled_dot_product_attention(
                    byPixel(toQ.forward(placed)), byPixel(toK.forward(placed)), byPixel(toV.forward(placed)));
            return scope.keep(toOut.forward(Tensors.to(out.permute(2, 0, 1, 3).flatten(2, 3), tokens.scalar_type())));
        }
    }

    /**
     * On a processor the sequences, a window long, are too short for the kernels of the small number formats, which
     * are many times slower here than float32.
     *
     * @return (n, heads, f, head width) of (f, n, channels)
     */
    private Tensor byPixel(Tensor tokens) {
        Tensor wide = tokens.is_cuda() ? tokens : tokens.to(ScalarType.Float);
        return wide.unflatten(2, heads, tokens.size(2) / heads).permute(1, 2, 0, 3);
    }
}
