package io.personalive.torch;

import java.util.concurrent.locks.ReentrantLock;

/**
 * One computation's turn on the processor. An operation uses all threads that {@link ComputeThreads} allows,
 * and each Java thread that computes has a team of as many of its own; two teams at once would wait for each other at
 * every operation. So sessions take turns, first come, first served: however many there are, as many threads compute as
 * were asked for. A card orders its work itself and needs no turns.
 *
 * <pre>{@code
 * try (Turn turn = Turn.on(device)) {
 *     return unet.forward(…);
 * }
 * }</pre>
 */
public final class Turn implements AutoCloseable {
    private static final ReentrantLock PROCESSOR = new ReentrantLock(true);
    private static final Turn ON_PROCESSOR = new Turn(true, false), ALONE = new Turn(true, true), BESIDE = new Turn(false, true),
            ON_CARD = new Turn(false, false);

    private final boolean waits, alone;

    private Turn(boolean waits, boolean alone) {
        this.waits = waits;
        this.alone = alone;
    }

    /** Waits for a turn. A thread that has one may take another inside it. */
    public static Turn on(Device device) {
        if (device.cuda()) {
            return ON_CARD;
        }
        PROCESSOR.lock();
        ComputeThreads.bringUpToDate();
        return ON_PROCESSOR;
    }

    /**
     * A turn in which one thread computes, however many may: for networks so small that threads would wait for each other
     * longer than they compute.
     */
    public static Turn ofOneThread(Device device) {
        if (device.cuda()) {
            return ON_CARD;
        }
        PROCESSOR.lock();
        ComputeThreads.computeAlone();
        return ALONE;
    }

    /**
     * No turn but a place beside others, where one thread computes: for many threads with small networks, none of which
     * waits for another. Nobody else should compute in the process meanwhile.
     */
    public static Turn besideOthers(Device device) {
        if (device.cuda()) {
            return ON_CARD;
        }
        ComputeThreads.computeAlone();
        return BESIDE;
    }

    /** Lets the next in line compute; called by the thread that took the turn. */
    @Override
    public void close() {
        if (alone) {
            ComputeThreads.bringUpToDate();
        }
        if (waits) {
            PROCESSOR.unlock();
        }
    }
}
