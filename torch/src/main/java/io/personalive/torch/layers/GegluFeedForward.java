package io.personalive.torch.layers;

import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A transformer's feed-forward part with a gated GELU, four times as wide inside. Shazeer 2020. */
public final class GegluFeedForward {
    private final Linear projection, out;

    public GegluFeedForward(Weights at, long channels) {
        long inner = 4 * channels;
        projection = Linear.of(at.at("net.0.proj"), channels, 2 * inner);
        out = Linear.of(at.at("net.2"), inner, channels);
    }

    /**
     * @param tokens (…, channels)
     * @return (…, channels)
     */
    public Tensor forward(Tensor tokens) {
        try (Scope scope = new Scope()) {
            Tensor both = projection.forward(tokens);
            long inner = both.size(-1) / 2;
            Tensor value = both.narrow(-1, 0, inner);
            Tensor gate = both.narrow(-1, inner, inner);
            Tensor activated = torch.gelu(gate);
            Tensor gated = GradMode.is_enabled() ? activated.mul(value) : activated.mul_(value);
            return scope.keep(out.forward(gated));
        }
    }
}
