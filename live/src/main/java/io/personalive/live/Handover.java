package io.personalive.live;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Hands things from one thread to another, in order. It holds a few; what happens when more come is its {@link Crowding}.
 * What goes wrong on one side is thrown on the other.
 *
 * @param <T> what is handed over, never null
 */
public final class Handover<T> {
    /** What becomes of a thing that finds the place full. */
    public interface Crowding<T> {
        /**
         * Puts the newcomer among those that wait, or leaves something out.
         *
         * @param waiting  oldest first; may be changed
         * @param capacity how many may wait
         * @return false if the giver has to wait, until something was taken
         */
        boolean admit(Deque<T> waiting, int capacity, T newcomer);

        /** Hears what was taken last. */
        default void taken(T last) {
            // most don't care
        }

        /** The giver waits; nothing is lost. */
        static <T> Crowding<T> patient() {
            return (waiting, capacity, newcomer) -> waiting.size() < capacity && waiting.add(newcomer);
        }

        /** Nobody waits; the oldest makes room. */
        static <T> Crowding<T> newestWins() {
            return (waiting, capacity, newcomer) -> {
                if (waiting.size() >= capacity) {
                    waiting.poll();
                }
                return waiting.add(newcomer);
            };
        }
    }

    private final Deque<T> waiting = new ArrayDeque<>();
    private final int capacity;
    private final Crowding<T> crowding;
    private boolean ended;
    private Throwable failure;
    private Thread worker;

    /** One whose giver waits. @param capacity how many may wait */
    public Handover(int capacity) {
        this(capacity, Crowding.patient());
    }

    /** @param capacity how many may wait */
    public Handover(int capacity, Crowding<T> crowding) {
        this.capacity = capacity;
        this.crowding = crowding;
    }

    /** @return whether it was wanted; false once either side has ended */
    public synchronized boolean put(T item) {
        while (failure == null && !ended && !crowding.admit(waiting, capacity, item)) {
            pause();
        }
        rethrow();
        notifyAll();
        return !ended;
    }

    /** @return the next, or null when nothing comes any more */
    public synchronized T take() {
        List<T> next = take(1);
        return next.isEmpty() ? null : next.get(0);
    }

    /**
     * Waits until so many are there.
     *
     * @return that many; fewer, or none, only when nothing comes any more
     */
    public synchronized List<T> take(int count) {
        while (failure == null && !ended && waiting.size() < count) {
            pause();
        }
        rethrow();
        List<T> next = new ArrayList<>();
        while (next.size() < count && !waiting.isEmpty()) {
            next.add(waiting.poll());
            crowding.taken(next.get(next.size() - 1));
        }
        notifyAll();
        return next;
    }

    /** How many wait. */
    public synchronized int waiting() {
        return waiting.size();
    }

    /** Nothing more comes, or is wanted; what waits can still be taken. */
    public synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Ends it for a reason, which the other side is told; only the first counts. */
    public synchronized void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        notifyAll();
    }

    /** Throws what went wrong on the other side, if anything did. */
    public synchronized void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException wrong) {
            throw wrong;
        }
    }

    /** Starts a thread on the one side; its failure is thrown on the other. */
    public void start(String name, Runnable work) {
        worker = new Thread(() -> {
            try {
                work.run();
                end();
            } catch (RuntimeException | Error failed) {
                fail(failed);
            }
        }, name);
        worker.setDaemon(true);
        worker.start();
    }

    /** Ends it and waits for the thread, however long that takes: what it uses may be freed then. */
    public void stop() {
        end();
        boolean interrupted = false;
        while (worker != null && worker != Thread.currentThread() && worker.isAlive()) {
            try {
                worker.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void pause() {
        try {
            wait();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for another thread", interrupted);
        }
    }
}
