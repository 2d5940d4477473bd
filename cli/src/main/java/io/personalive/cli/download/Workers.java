package io.personalive.cli.download;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** As many threads as there may be connections. */
final class Workers implements AutoCloseable {
    /** What is done with one item. */
    interface Work<T> {
        void run(T item) throws IOException, InterruptedException;
    }

    private final ExecutorService threads;

    Workers(int count) {
        threads = Executors.newFixedThreadPool(count, task -> {
            Thread thread = new Thread(task, "download");
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Does all items and waits; after a failure no further item is begun, and it is thrown once all have stopped. */
    <T> void forEach(List<T> items, Work<T> work) throws IOException, InterruptedException {
        ExecutorCompletionService<Void> completion = new ExecutorCompletionService<>(threads);
        List<Future<Void>> pending = new ArrayList<>();
        for (T item : items) {
            pending.add(completion.submit(() -> {
                work.run(item);
                return null;
            }));
        }
        Throwable first = null;
        for (int i = 0; i < items.size(); i++) {
            Future<Void> done = completion.take();
            try {
                if (!done.isCancelled()) {
                    done.get();
                }
            } catch (ExecutionException failed) {
                if (first == null) {
                    first = failed.getCause();
                    pending.forEach(future -> future.cancel(false));
                }
            }
        }
        rethrow(first);
    }

    private static void rethrow(Throwable failure) throws IOException {
        if (failure instanceof IOException unreadable) {
            throw unreadable;
        } else if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        } else if (failure != null) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
