package io.personalive.cli.animate;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Hands things from one thread to another, in order. It holds a few: who gives waits for who takes, and the other way
 * round. What goes wrong on one side is thrown on the other.
 *
 * @param <T> what is handed over, never null
 */
final class Handover<T> {
    private final Deque<T> waiting = new ArrayDeque<>();
    private final int capacity;
    private boolean ended;
    private Throwable failure;
    private Thread worker;

    /** @param capacity how many may wait */
    Handover(int capacity) {
        this.capacity = capacity;
    }

    /** @return whether it was wanted; false once either side has ended */
    synchronized boolean put(T item) {
        while (failure == null && !ended && waiting.size() == capacity) {
            pause();
        }
        rethrow();
        if (ended) {
            return false;
        }
        waiting.add(item);
        notifyAll();
        return true;
    }

    /** @return the next, or null when nothing comes any more */
    synchronized T take() {
        while (failure == null && !ended && waiting.isEmpty()) {
            pause();
        }
        rethrow();
        T next = waiting.poll();
        notifyAll();
        return next;
    }

    /** Nothing more comes, or is wanted; what waits can still be taken. */
    synchronized void end() {
        ended = true;
        notifyAll();
    }

    /** Ends it for a reason, which the other side is told; only the first counts. */
    synchronized void fail(Throwable reason) {
        if (failure == null) {
            failure = reason;
        }
        notifyAll();
    }

    /** Throws what went wrong on the other side, if anything did. */
    synchronized void rethrow() {
        if (failure instanceof Error error) {
            throw error;
        } else if (failure instanceof RuntimeException wrong) {
            throw wrong;
        }
    }

    /** Starts a thread on the one side; its failure is thrown on the other. */
    void start(String name, Runnable work) {
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
    void stop() {
        end();
        boolean interrupted = false;
        while (worker != null && worker.isAlive()) {
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
