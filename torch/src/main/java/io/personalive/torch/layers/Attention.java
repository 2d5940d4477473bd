package io.personalive.torch.layers;

import io.personalive.torch.FlopCounter;
import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Multi-head scaled dot-product attention; scores are multiplied by 1/sqrt(head width). Vaswani et al. 2017. */
public final class Attention {
    /** From this many queries on, one call per frame is fast enough, and a shared part needs no copy for each frame. */
    private static final long MANY_QUERIES = 512;
    /** Up to this width of a head, in channels, plain matrix products beat the fused kernel in float32. */
    private static final long NARROW_HEAD = 64;
    /** Queries whose scores are held at a time. */
    private static final long QUERIES_AT_ONCE = 512;

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
            if (!Pass.inference() || queries.size(1) < MANY_QUERIES) {
                Tensor allKeys = Tensors.cat(1, keys, sharedKeys.expand(frames, -1, -1));
                Tensor allValues = Tensors.cat(1, values, sharedValues.expand(frames, -1, -1));
                return scope.keep(attend(queries, allKeys, allValues, heads));
            }
            boolean products = !queries.is_cuda() && queries.scalar_type().intern() == ScalarType.Float
                    && queries.size(2) / heads <= NARROW_HEAD;
            // one buffer whose shared part is written once; each frame's own part replaces the one before
            Tensor frameKeys = Tensors.cat(1, keys.narrow(0, 0, 1), sharedKeys);
            Tensor frameValues = Tensors.cat(1, values.narrow(0, 0, 1), sharedValues);
            Tensor out = torch.empty_like(queries);
            for (long frame = 0; frame < frames; frame++) {
                try (Scope each = new Scope()) {
                    frameKeys.narrow(1, 0, keys.size(1)).copy_(keys.narrow(0, frame, 1));
                    frameValues.narrow(1, 0, values.size(1)).copy_(values.narrow(0, frame, 1));
                    Tensor frameQueries = queries.narrow(0, frame, 1);
                    out.narrow(0, frame, 1).copy_(products
                            ? byProducts(frameQueries, frameKeys, frameValues, heads)
                            : attend(frameQueries, frameKeys, frameValues, heads));
                }
            }
            return scope.keep(out);
        }
    }

    /**
     * The same for one frame by plain matrix products, some queries at a time so that their scores stay in the cache.
     * For narrow heads in float32 on a processor nearly twice as fast as the library's fused kernel.
     */
    private static Tensor byProducts(Tensor queries, Tensor keys, Tensor values, int heads) {
        long count = queries.size(1), width = queries.size(2) / heads;
        FlopCounter.add(4 * queries.numel() * keys.size(1));
        try (Scope scope = new Scope()) {
            Tensor query = split(queries, heads).select(0, 0).mul(new Scalar(1 / Math.sqrt(width))).contiguous();
            Tensor key = split(keys, heads).select(0, 0).contiguous();
            Tensor value = split(values, heads).select(0, 0).contiguous();
            Tensor out = torch.empty_like(query);
            for (long head = 0; head < heads; head++) {
                Tensor keyColumns = key.select(0, head).t(), headValue = value.select(0, head);
                for (long first = 0; first < count; first += QUERIES_AT_ONCE) {
                    try (Scope each = new Scope()) {
                        long some = Math.min(QUERIES_AT_ONCE, count - first);
                        Tensor scores = query.select(0, head).narrow(0, first, some).mm(keyColumns);
                        torch.softmax_out(scores, scores, 1);
                        torch.mm_out(out.select(0, head).narrow(0, first, some), scores, headValue);
                    }
                }
            }
            return scope.keep(out.transpose(0, 1).flatten(1, 2).unsqueeze(0));
        }
    }

    private static Tensor split(Tensor tokens, int heads) {
        return tokens.unflatten(2, heads, tokens.size(2) / heads).transpose(1, 2);
    }
}
