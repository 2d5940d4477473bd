package io.personalive.torch;

import java.util.concurrent.Semaphore;

/**
 * One computation's turn on the processor. An operation uses all threads that {@link ComputeThreads} allows,
 * and each Java thread that computes has a team of as many of its own; two teams at once would wait for each other at
 * every operation. So computations take turns, first come, first served: however many sessions there are, as many threads
 * compute as were asked for. Small ones take a thread each and run beside each other. A card orders its work itself and
 * needs no turns.
 *
 * <pre>{@code
 * try (Turn turn = Turn.on(device)) {
 *     return unet.forward(…);
 * }
 * }</pre>
 */
public final class Turn implements AutoCloseable {
    /** The processor in parts, so many that any number of threads has a share of them. */
    private static final int ALL = 1 << 20;
    private static final Semaphore PROCESSOR = new Semaphore(ALL, true);
    private static final ThreadLocal<Turn> CURRENT = new ThreadLocal<>();
    private static final Turn ON_CARD = new Turn(0, false, null);

    private final int share;
    private final boolean alone;
    private final Turn outer;

    private Turn(int share, boolean alone, Turn outer) {
        this.share = share;
        this.alone = alone;
        this.outer = outer;
    }

    /** Waits for a turn. A thread that has one may take another inside it, which takes no more threads than that. */
    public static Turn on(Device device) {
        return device.cuda() ? ON_CARD : take(ALL, false);
    }

    /**
     * A turn in which one thread computes, however many may: for networks so small that threads would wait for each other
     * longer than they compute. As many of these as threads may compute go on at the same time.
     */
    public static Turn ofOneThread(Device device) {
        return device.cuda() ? ON_CARD : take(ALL / ComputeThreads.count(), true);
    }

    private static Turn take(int share, boolean alone) {
        Turn outer = CURRENT.get();
        Turn turn = new Turn(outer == null ? share : 0, alone || outer != null && outer.alone, outer);
        PROCESSOR.acquireUninterruptibly(turn.share);
        CURRENT.set(turn);
        turn.bringThreadsUpToDate();
        return turn;
    }

    private void bringThreadsUpToDate() {
        if (alone) {
            ComputeThreads.computeAlone();
        } else {
            ComputeThreads.bringUpToDate();
        }
    }

    /** Lets the next in line compute; called by the thread that took the turn. */
    @Override
    public void close() {
        if (this == ON_CARD) {
            return;
        }
        if (outer == null) {
            CURRENT.remove();
            ComputeThreads.bringUpToDate();
        } else {
            CURRENT.set(outer);
            outer.bringThreadsUpToDate();
        }
        PROCESSOR.release(share);
    }
}
