package io.personalive.networks.unet;

import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Attention of each pixel to itself in all frames of its sequence, which know their place by a position code. */
final class TemporalAttention implements FrameAttention {
    private final Linear toQ, toK, toV, toOut;
    private final Tensor positions;
    private final int heads;

    TemporalAttention(Weights at, UNetConfig config, int channels) {
        toQ = Linear.withoutBias(at.at("to_q"), channels, channels);
        toK = Linear.withoutBias(at.at("to_k"), channels, channels);
        toV = Linear.withoutBias(at.at("to_v"), channels, channels);
        toOut = Linear.of(at.at("to_out.0"), channels, channels);
        positions = PositionCode.of(at, config.windowFrames(), channels);
        at.derived("pos_encoder.pe", () -> positions.transpose(0, 1));
        heads = config.heads();
    }

    @Override
    public Tensor forward(Tensor tokens, Conditioning conditioning) {
        long frames = conditioning.frames(), sequences = tokens.size(0) / frames;
        try (Scope scope = new Scope()) {
            Tensor placed = tokens.unflatten(0, sequences, frames).add(positions.narrow(0, 0, frames));
            FlopCounter.add(4 * tokens.numel() * frames);
            Tensor out = torch.scaled_dot_product_attention(
                    byPixel(toQ.forward(placed)), byPixel(toK.forward(placed)), byPixel(toV.forward(placed)));
            Tensor byFrame = out.unflatten(0, sequences, tokens.size(1)).permute(0, 3, 1, 2, 4).flatten(3, 4).flatten(0, 1);
            return scope.keep(toOut.forward(Tensors.to(byFrame, tokens.scalar_type())));
        }
    }

    /**
     * On a processor the sequences, a window long, are too short for the kernels of the small number formats, which
     * are many times slower here than float32.
     *
     * @return (b*n, heads, f, head width) of (b, f, n, channels); a view of a single sequence
     */
    private Tensor byPixel(Tensor tokens) {
        Tensor wide = tokens.is_cuda() ? tokens : tokens.to(ScalarType.Float);
        return wide.unflatten(3, heads, tokens.size(3) / heads).permute(0, 2, 3, 1, 4).flatten(0, 1);
    }
}
