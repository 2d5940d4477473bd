package io.personalive.torch;

import java.util.HashMap;
import java.util.Map;

/**
 * How long native memory lives that several threads may use. Whoever computes with it holds it meanwhile; its end waits
 * until nobody does, and lets nobody begin. After the end it can't be used: that says so, where freed memory would
 * crash the process.
 */
public final class Lifetime {
    private final String owner;
    /** Threads that use the memory, and how often each. */
    private final Map<Thread, Integer> users = new HashMap<>();
    private boolean ended;

    /** @param owner what messages call it: "the portrait" */
    public Lifetime(String owner) {
        this.owner = owner;
    }

    /** Holds the memory while a computation runs; closed once, by the thread that began it. */
    @FunctionalInterface
    public interface Use extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Begins to use the memory. A thread that uses it already may do so again, also while another waits for the end.
     *
     * @throws IllegalStateException if the owner is closed
     */
    public synchronized Use use() {
        check();
        users.merge(Thread.currentThread(), 1, Integer::sum);
        return this::leave;
    }

    private synchronized void leave() {
        users.computeIfPresent(Thread.currentThread(), (thread, times) -> times == 1 ? null : times - 1);
        notifyAll();
    }

    /** @throws IllegalStateException if the owner is closed */
    public synchronized void check() {
        if (ended && !users.containsKey(Thread.currentThread())) {
            throw new IllegalStateException(owner + " is closed: nothing can be computed with it any more");
        }
    }

    /**
     * Ends it, once: waits for those who use the memory, then frees it. Later calls do nothing.
     *
     * @param free frees the memory
     * @throws IllegalStateException if this very thread is using it, which would be waiting for itself
     */
    public void end(Runnable free) {
        synchronized (this) {
            if (users.containsKey(Thread.currentThread())) {
                throw new IllegalStateException(owner + " can't be closed by a computation that uses it");
            }
            if (ended) {
                return;
            }
            ended = true;
            boolean interrupted = false;
            while (!users.isEmpty()) {
                try {
                    wait();
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        free.run();
    }
}
