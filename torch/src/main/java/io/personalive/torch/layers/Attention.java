package io.personalive.torch.layers;

import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Multi-head scaled dot-product attention; scores are multiplied by 1/sqrt(head width). Vaswani et al. 2017. */
public final class Attention {
    /** From this many queries on, one call per frame is fast enough, and a shared part needs no copy for each frame. */
    private static final long MANY_QUERIES = 512;

    private Attention() {}

    /**
     * @param queries (b, n, c)
     * @param keys    (b, m, c)
     * @param values  (b, m, c)
     * @param heads   divides c
     * @return (b, n, c)
     */
    public static Tensor attend(Tensor queries, Tensor keys, Tensor values, int heads) {
        FlopCounter.add(4 * queries.numel() * keys.size(1));
        try (Scope scope = new Scope()) {
            Tensor out = torch.scaled_dot_product_attention(
                    split(queries, heads), split(keys, heads), split(values, heads));
            return scope.keep(out.transpose(1, 2).flatten(2, 3));
        }
    }

    /**
     * Attention in which every frame reads its own keys followed by keys that all frames share.
     *
     * @param queries      (f, n, c)
     * @param keys         (f, m, c), each frame's own
     * @param values       (f, m, c)
     * @param sharedKeys   (1, s, c)
     * @param sharedValues (1, s, c)
     * @param heads        divides c
     * @return (f, n, c)
     */
    public static Tensor attendWithShared(Tensor queries, Tensor keys, Tensor values,
            Tensor sharedKeys, Tensor sharedValues, int heads) {
        long frames = queries.size(0);
        try (Scope scope = new Scope()) {
            if (GradMode.is_enabled() || queries.size(1) < MANY_QUERIES) {
                Tensor allKeys = Tensors.cat(1, keys, sharedKeys.expand(frames, -1, -1));
                Tensor allValues = Tensors.cat(1, values, sharedValues.expand(frames, -1, -1));
                return scope.keep(attend(queries, allKeys, allValues, heads));
            }
            // one buffer whose shared part is written once; each frame's own part replaces the one before
            Tensor frameKeys = Tensors.cat(1, keys.narrow(0, 0, 1), sharedKeys);
            Tensor frameValues = Tensors.cat(1, values.narrow(0, 0, 1), sharedValues);
            Tensor out = torch.empty_like(queries);
            for (long frame = 0; frame < frames; frame++) {
                try (Scope each = new Scope()) {
                    frameKeys.narrow(1, 0, keys.size(1)).copy_(keys.narrow(0, frame, 1));
                    frameValues.narrow(1, 0, values.size(1)).copy_(values.narrow(0, frame, 1));
                    out.narrow(0, frame, 1).copy_(attend(queries.narrow(0, frame, 1), frameKeys, frameValues, heads));
                }
            }
            return scope.keep(out);
        }
    }

    private static Tensor split(Tensor tokens, int heads) {
        return tokens.unflatten(2, heads, tokens.size(2) / heads).transpose(1, 2);
    }
}
