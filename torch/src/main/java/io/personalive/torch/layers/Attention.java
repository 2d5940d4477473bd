package io.personalive.torch.layers;

import io.personalive.torch.FlopCounter;
import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Multi-head scaled dot-product attention; scores are multiplied by 1/sqrt(head width). Vaswani et al. 2017. */
public final class Attention {
    /** From this many queries on, one call per frame is fast enough, and a shared part needs no copy for each frame. */
    private static final long MANY_QUERIES = 512;

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
        try (Scope scope = new Scope()) {
            Tensor out = attend(split(queries, heads), split(keys, heads), split(values, heads));
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
            return scope.keep(!Pass.inference() || queries.size(1) < MANY_QUERIES
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
        Tensor out = torch.empty_like(queries);
        long frame = 0, length = keys.size(1);
        for (KeysAndValues part : shared) {
            for (long sequence = 0; sequence < part.sequences(); sequence++) {
                try (Scope ofSequence = new Scope()) {
                    // one buffer whose shared part is written once; each frame's own part replaces the one before
                    Tensor allKeys = joined(keys.narrow(0, frame, 1), part.keys().narrow(0, sequence, 1), heads);
                    Tensor allValues = joined(values.narrow(0, frame, 1), part.values().narrow(0, sequence, 1), heads);
                    for (long i = 0; i < frames; i++, frame++) {
                        try (Scope each = new Scope()) {
                            allKeys.narrow(2, 0, length).copy_(split(keys.narrow(0, frame, 1), heads));
                            allValues.narrow(2, 0, length).copy_(split(values.narrow(0, frame, 1), heads));
                            Tensor own = split(queries.narrow(0, frame, 1), heads).contiguous();
                            split(out.narrow(0, frame, 1), heads).copy_(attend(own, allKeys, allValues));
                        }
                    }
                }
            }
        }
        return out;
    }

    /** @return (1, heads, m + s, width of a head) of own (1, m, c) and shared (1, s, c), each head's in one piece */
    private static Tensor joined(Tensor own, Tensor shared, int heads) {
        return Tensors.cat(2, split(own, heads).contiguous(), split(shared, heads).contiguous());
    }

    /** @param queries and all others (b, heads, tokens, width of a head) */
    private static Tensor attend(Tensor queries, Tensor keys, Tensor values) {
        FlopCounter.add(4 * queries.numel() * keys.size(2));
        return torch.scaled_dot_product_attention(queries, keys, values);
    }

    /** @return (b, heads, n, width of a head) of (b, n, c), a view */
    private static Tensor split(Tensor tokens, int heads) {
        return tokens.unflatten(2, heads, tokens.size(2) / heads).transpose(1, 2);
    }
}
