package io.personalive.torch.layers;

import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A transformer's feed-forward part with a gated GELU, four times as wide inside. Shazeer 2020. */
public final class GegluFeedForward {
    /** On a processor rows are taken in portions whose inner values stay in its cache; they are eight times as wide. */
    private static final long ROWS_AT_ONCE = 2048;

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
        long channels = tokens.size(-1);
        long rows = tokens.numel() / channels;
        if (!Pass.inference() || tokens.is_cuda() || rows <= ROWS_AT_ONCE) {
            return forwardAtOnce(tokens);
        }
        try (Scope scope = new Scope()) {
            Tensor flat = tokens.reshape(rows, channels);
            Tensor result = torch.empty_like(flat);
            for (long row = 0; row < rows; row += ROWS_AT_ONCE) {
                try (Scope each = new Scope()) {
                    long count = Math.min(ROWS_AT_ONCE, rows - row);
                    result.narrow(0, row, count).copy_(forwardAtOnce(flat.narrow(0, row, count)));
                }
            }
            return scope.keep(result.view_as(tokens));
        }
    }

    private Tensor forwardAtOnce(Tensor tokens) {
        try (Scope scope = new Scope()) {
            Tensor both = projection.forward(tokens);
            long inner = both.size(-1) / 2;
            Tensor value = both.narrow(-1, 0, inner);
            Tensor activated = torch.gelu(both.narrow(-1, inner, inner));
            Tensor gated = Pass.inference() ? activated.mul_(value) : activated.mul(value);
            return scope.keep(out.forward(gated));
        }
    }
}
