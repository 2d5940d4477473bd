package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Attention;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** Attention from a frame's pixels to that frame's motion tokens. */
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
    public Tensor forward(Tensor tokens, Tensor motionTokens) {
        try (Scope scope = new Scope()) {
            return scope.keep(toOut.forward(Attention.attend(
                    toQ.forward(tokens), toK.forward(motionTokens), toV.forward(motionTokens), heads)));
        }
    }
}
