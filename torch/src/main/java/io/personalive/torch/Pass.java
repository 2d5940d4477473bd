package io.personalive.torch;

import java.util.function.Supplier;
import org.bytedeco.pytorch.GradMode;

/**
 * What a thread's computations are for. Layers ask {@link #current} and nothing else whether gradients are recorded,
 * whether values may be overwritten, and which statistics a batch norm uses. A thread begins with {@link #TRAINING}.
 */
public enum Pass {
    /** No gradients: values that nobody else holds may be overwritten, and shortcuts that carry no gradient are taken. */
    INFERENCE,
    /** Gradients are recorded. */
    TRAINING,
    /** The first of the two passes of a segment that is recomputed: as in training, but nothing is recorded. */
    FIRST,
    /** The second of them: gradients are recorded, and what the first pass counted isn't counted again. */
    AGAIN;

    private static final ThreadLocal<Pass> CURRENT = ThreadLocal.withInitial(() -> TRAINING);

    /** What this thread computes for. */
    public static Pass current() {
        return CURRENT.get();
    }

    /** Whether nothing is trained: values may be overwritten, and shortcuts that carry no gradient may be taken. */
    public static boolean inference() {
        return current() == INFERENCE;
    }

    /** Whether a backward pass can follow. */
    public boolean records() {
        return this == TRAINING || this == AGAIN;
    }

    /** Runs a computation for this purpose; afterwards the thread goes on with its own. */
    public <T> T run(Supplier<T> computation) {
        NativeRuntime.start();
        Pass before = CURRENT.get();
        boolean recorded = GradMode.is_enabled();
        CURRENT.set(this);
        GradMode.set_enabled(records());
        try {
            return computation.get();
        } finally {
            GradMode.set_enabled(recorded);
            CURRENT.set(before);
        }
    }
}
