package io.personalive.torch.layers;

import io.personalive.torch.FlopCounter;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.GradMode;
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

    /** Keys and values (b, s, c) of b sequences. */
    public record KeysAndValues(Tensor keys, Tensor values) {
        long sequences() {
            return keys.size(0);
        }

        long length() {
            return keys.size(1);
        }
    }

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
     * Attention in which every frame reads its own keys followed by keys that all frames of its sequence share.
     *
     * @param queries (b*f, n, c), sequence after sequence
     * @param keys    (b*f, m, c), each frame's own
     * @param values  (b*f, m, c)
     * @param shared  (b, s, c) each, together of all sequences in their order; their lengths s may differ
     * @param heads   divides c
     * @return (b*f, n, c)
     */
    public static Tensor attendWithShared(Tensor queries, Tensor keys, Tensor values, List<KeysAndValues> shared,
            int heads) {
        long frames = queries.size(0) / shared.stream().mapToLong(KeysAndValues::sequences).sum();
        try (Scope scope = new Scope()) {
            return scope.keep(GradMode.is_enabled() || queries.size(1) < MANY_QUERIES
                    ? together(queries, keys, values, alike(shared), frames, heads)
                    : frameByFrame(queries, keys, values, shared, frames, heads));
        }
    }

    /** @return shared parts with those of neighbours that have the same length joined: one call serves them all */
    private static List<KeysAndValues> alike(List<KeysAndValues> shared) {
        List<KeysAndValues> joined = new ArrayList<>();
        for (int first = 0, next; first < shared.size(); first = next) {
            long length = shared.get(first).length();
            next = first + 1;
            while (next < shared.size() && shared.get(next).length() == length) {
                next++;
            }
            List<KeysAndValues> run = shared.subList(first, next);
            joined.add(run.size() == 1 ? run.get(0) : new KeysAndValues(
                    Tensors.cat(0, run.stream().map(KeysAndValues::keys).toList()),
                    Tensors.cat(0, run.stream().map(KeysAndValues::values).toList())));
        }
        return joined;
    }

    /** With a copy of the shared part for each frame: one call for all sequences whose shared parts are equally long. */
    private static Tensor together(Tensor queries, Tensor keys, Tensor values, List<KeysAndValues> shared, long frames,
            int heads) {
        List<Tensor> parts = new ArrayList<>();
        long first = 0;
        for (KeysAndValues part : shared) {
            long count = part.sequences() * frames;
            parts.add(attend(queries.narrow(0, first, count),
                    followed(keys.narrow(0, first, count), part.keys(), frames),
                    followed(values.narrow(0, first, count), part.values(), frames), heads));
            first += count;
        }
        return parts.size() == 1 ? parts.get(0) : Tensors.cat(0, parts);
    }

    /** @return (b*f, m + s, c) of each frame's own (b*f, m, c) and what its sequence shares (b, s, c) */
    private static Tensor followed(Tensor own, Tensor shared, long frames) {
        return Tensors.cat(2, own.unflatten(0, shared.size(0), frames), shared.unsqueeze(1).expand(-1, frames, -1, -1))
                .flatten(0, 1);
    }

    private static Tensor frameByFrame(Tensor queries, Tensor keys, Tensor values, List<KeysAndValues> shared,
            long frames, int heads) {
        boolean products = !queries.is_cuda() && queries.scalar_type().intern() == ScalarType.Float
                && queries.size(2) / heads <= NARROW_HEAD;
        Tensor out = torch.empty_like(queries);
        long frame = 0;
        for (KeysAndValues part : shared) {
            for (long sequence = 0; sequence < part.sequences(); sequence++) {
                try (Scope ofSequence = new Scope()) {
                    // one buffer whose shared part is written once; each frame's own part replaces the one before
                    Tensor allKeys = Tensors.cat(1, keys.narrow(0, frame, 1), part.keys().narrow(0, sequence, 1));
                    Tensor allValues = Tensors.cat(1, values.narrow(0, frame, 1), part.values().narrow(0, sequence, 1));
                    for (long i = 0; i < frames; i++, frame++) {
                        try (Scope each = new Scope()) {
                            allKeys.narrow(1, 0, keys.size(1)).copy_(keys.narrow(0, frame, 1));
                            allValues.narrow(1, 0, values.size(1)).copy_(values.narrow(0, frame, 1));
                            Tensor own = queries.narrow(0, frame, 1);
                            out.narrow(0, frame, 1).copy_(products ? byProducts(own, allKeys, allValues, heads)
                                    : attend(own, allKeys, allValues, heads));
                        }
                    }
                }
            }
        }
        return out;
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
