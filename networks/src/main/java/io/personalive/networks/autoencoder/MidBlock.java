package io.personalive.networks.autoencoder;

import io.personalive.networks.Pixels;
import io.personalive.networks.ResnetBlock;
import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Attention;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** Residual block, single-head attention over all pixels, residual block. */
final class MidBlock {
    private final ResnetBlock before, after;
    private final GroupNorm norm;
    private final Linear toQ, toK, toV, toOut;

    MidBlock(Weights at, int channels, int groups) {
        before = new ResnetBlock(at.at("resnets.0"), channels, channels, groups, Encoder.EPSILON);
        after = new ResnetBlock(at.at("resnets.1"), channels, channels, groups, Encoder.EPSILON);
        Weights attention = at.at("attentions.0");
        norm = new GroupNorm(attention.at("group_norm"), groups, channels, Encoder.EPSILON);
        toQ = Linear.of(attention.at("to_q"), channels, channels);
        toK = Linear.of(attention.at("to_k"), channels, channels);
        toV = Linear.of(attention.at("to_v"), channels, channels);
        toOut = Linear.of(attention.at("to_out.0"), channels, channels);
    }

    Tensor forward(Tensor x) {
        try (Scope scope = new Scope()) {
            return scope.keep(after.forward(attend(before.forward(x))));
        }
    }

    private Tensor attend(Tensor x) {
        try (Scope scope = new Scope()) {
            Tensor tokens = Pixels.toTokens(norm.forward(x));
            Tensor read = Attention.attend(toQ.forward(tokens), toK.forward(tokens), toV.forward(tokens), 1);
            Tensor out = Pixels.toImages(toOut.forward(read), x.size(2), x.size(3));
            return scope.keep(Activation.add(out, x));
        }
    }
}
