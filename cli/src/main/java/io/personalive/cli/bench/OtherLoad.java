package io.personalive.cli.bench;

import java.util.ArrayList;
import java.util.List;

/** Stands for another program that computes on all processors, until it is closed. */
final class OtherLoad implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closed;
    private volatile long result;

    /** Begins at once, with a thread for each processor. */
    OtherLoad() {
        for (int i = 0; i < processors(); i++) {
            Thread thread = new Thread(this::compute, "other load");
            thread.setDaemon(true);
            thread.start();
            threads.add(thread);
        }
    }

    static int processors() {
        return Runtime.getRuntime().availableProcessors();
    }

    private void compute() {
        long number = Thread.currentThread().getId();
        while (!closed) {
            for (int i = 0; i < 1_000_000; i++) {
                number = number * 6364136223846793005L + 1442695040888963407L;
            }
            result = number;
        }
    }

    @Override
    public void close() {
        closed = true;
        boolean interrupted = false;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
