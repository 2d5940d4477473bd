package io.personalive.training.preparation;

import io.personalive.torch.Device;
import io.personalive.training.data.FaceMeasure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Threads of this process, each with a video at a time. */
public final class LocalWorkers implements PreparationWorkers {
    /** One frame's work takes less. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final FaceMeasure measure = FaceMeasure.load(Device.CPU);
    private final int threads;

    /** @param threads videos that are prepared at the same time */
    public LocalWorkers(int threads) {
        this.threads = threads;
    }

    @Override
    public void prepare(VideoCollection collection, LongConsumer progress, BooleanSupplier stop) throws IOException, InterruptedException {
        AtomicBoolean ended = new AtomicBoolean();
        PartPreparation parts = collection.parts(measure, () -> ended.get() || stop.getAsBoolean());
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> new Thread(task, "prepare"));
        try {
            List<Future<?>> running = new ArrayList<>();
            for (String name : collection.names()) {
                running.add(workers.submit(() -> {
                    progress.accept(parts.prepare(name));
                    return null;
                }));
            }
            for (Future<?> part : running) {
                part.get();
            }
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException unwritable) {
                throw unwritable;
            } else if (failed.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            ended.set(true);
            workers.shutdown();
            workers.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS); // nobody measures when the network is closed
        }
    }

    @Override
    public void close() {
        measure.close();
    }
}
