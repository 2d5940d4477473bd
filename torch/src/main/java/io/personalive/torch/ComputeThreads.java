package io.personalive.torch;

import org.bytedeco.pytorch.global.torch;

/**
 * How many processor threads compute, in the whole process, however many sessions there are: an operation uses this
 * many, and {@link Turn} sees to it that no others do meanwhile. This is the one place that decides it.
 *
 * <p>Where nobody chooses it is what {@code OMP_NUM_THREADS} says, else a thread for each processor that this process
 * may use: in a container fewer than the machine has, which the native library would count.
 */
public final class ComputeThreads {
    private static volatile int count;

    static {
        NativeRuntime.start();
        count = Math.min(torch.get_num_threads(), Runtime.getRuntime().availableProcessors());
        BlasThreads.useOne();
    }

    private ComputeThreads() {}

    /**
     * Changes the number, from the next turn of each thread on.
     *
     * @param threads that one operation may use, at least 1; threads beyond the machine's processors slow it down
     */
    public static void choose(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("nothing can be computed with " + threads + " threads: give 1 or more");
        }
        count = threads;
        bringUpToDate();
    }

    /** How many one operation uses. */
    public static int count() {
        return count;
    }

    /** Until {@link #bringUpToDate}, the calling thread's operations use it alone. */
    static void computeAlone() {
        torch.set_num_threads(1);
    }

    /** The native library remembers the number for each Java thread by itself: tells it to the calling one. */
    static void bringUpToDate() {
        if (torch.get_num_threads() != count) {
            torch.set_num_threads(count);
        }
    }
}
