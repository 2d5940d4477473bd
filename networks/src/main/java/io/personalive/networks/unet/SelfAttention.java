package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Attention;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
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

    /** @return attention of every frame's tokens (f, n, c) to themselves, same shape */
    Tensor forward(Tensor tokens) {
        try (Scope scope = new Scope()) {
            return scope.keep(toOut.forward(
                    Attention.attend(toQ.forward(tokens), toK.forward(tokens), toV.forward(tokens), heads)));
        }
    }

    /** @return attention of every frame's tokens (f, n, c) to themselves and then the bank, same shape */
    Tensor forward(Tensor tokens, KeysAndValues bank) {
        try (Scope scope = new Scope()) {
            return scope.keep(toOut.forward(Attention.attendWithShared(toQ.forward(tokens), toK.forward(tokens),
                    toV.forward(tokens), bank.keys(), bank.values(), heads)));
        }
    }

    /** @return keys and values of the bank's tokens (1, n, c), for every frame and step to share */
    KeysAndValues project(Tensor bankTokens) {
        return new KeysAndValues(toK.forward(bankTokens), toV.forward(bankTokens));
    }

    /** Keys and values (1, n, c) of an appearance bank's tokens. */
    record KeysAndValues(Tensor keys, Tensor values) {}
}
