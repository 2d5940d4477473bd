package io.personalive.torch;

/**
 * Counts the floating-point operations of the layers that this thread runs, from the shapes that meet in them: two for
 * each multiply-add of linear layers, convolutions and attention. Norms and activations are not counted, as is usual.
 */
public final class FlopCounter {
    private static final ThreadLocal<long[]> COUNT = ThreadLocal.withInitial(() -> new long[1]);

    private FlopCounter() {}

    /** Called by layers. */
    public static void add(long operations) {
        COUNT.get()[0] += operations;
    }

    /** @return operations of this thread so far: subtract two readings */
    public static long total() {
        return COUNT.get()[0];
    }
}
