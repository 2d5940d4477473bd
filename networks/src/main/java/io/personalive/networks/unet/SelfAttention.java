package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Attention;
import io.personalive.torch.layers.Attention.KeysAndValues;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Self-attention that can also read a reference's tokens. Vaswani et al. 2017; Hu et al. 2023 for the reading. */
final class SelfAttention {
    private final Linear toQ, toK, toV, toOut;
    private final int heads;

    SelfAttention(Weights at, long channels, int heads) {
        toQ = Linear.withoutBias(at.at("to_q"), channels, channels);
        toK = Linear.withoutBias(at.at("to_k"), channels, channels);
        toV = Linear.withoutBias(at.at("to_v"), channels, channels);
        toOut = Linear.of(at.at("to_out.0"), channels, channels);
        this.heads = heads;
    }

    /** @return attention of every frame's tokens (b*f, n, c) to themselves, same shape */
    Tensor forward(Tensor tokens) {
        try (Scope scope = new Scope()) {
            return scope.keep(toOut.forward(
                    Attention.attend(toQ.forward(tokens), toK.forward(tokens), toV.forward(tokens), heads)));
        }
    }

    /**
     * @param tokens (b*f, n, c), those of a sequence one after another
     * @param banks  of all sequences in their order
     * @return attention of every frame's tokens to themselves and then its sequence's bank, (b*f, n, c)
     */
    Tensor forward(Tensor tokens, List<KeysAndValues> banks) {
        try (Scope scope = new Scope()) {
            return scope.keep(toOut.forward(Attention.attendWithShared(
                    toQ.forward(tokens), toK.forward(tokens), toV.forward(tokens), banks, heads)));
        }
    }

    /** @return keys and values of the bank's tokens (b, n, c), for every frame and step to share */
    KeysAndValues project(Tensor bankTokens) {
        return new KeysAndValues(toK.forward(bankTokens), toV.forward(bankTokens));
    }
}
