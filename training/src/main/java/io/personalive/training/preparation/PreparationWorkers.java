package io.personalive.training.preparation;

import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** Those who prepare the videos of a collection: threads of this process, or the machines of a cluster. */
public interface PreparationWorkers extends AutoCloseable {
    /**
     * Prepares each video ({@link PartPreparation}), and returns when all have their part, or soon after it is to stop.
     *
     * @param progress hears how many bytes of videos are done, as they are
     * @param stop     once true, it ends as soon as it can
     * @throws IOException if the output can't be written
     */
    void prepare(VideoCollection collection, LongConsumer progress, BooleanSupplier stop) throws IOException, InterruptedException;

    @Override
    void close();
}
