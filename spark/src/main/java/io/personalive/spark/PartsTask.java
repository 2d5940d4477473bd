package io.personalive.spark;

import io.personalive.torch.Device;
import io.personalive.training.data.FaceMeasure;
import io.personalive.training.preparation.PartPreparation;
import io.personalive.training.preparation.PreparationOptions;
import io.personalive.training.preparation.VideoCollection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.util.LongAccumulator;

/** Prepares some videos of a collection, one after the other, on whatever machine it is sent to. */
final class PartsTask implements VoidFunction<Iterator<String>> {
    private static final long serialVersionUID = 1;

    private final String folder, output;
    private final PreparationOptions options;
    private final LongAccumulator bytes;

    /** @param bytes counts those of videos that are done */
    PartsTask(VideoCollection collection, LongAccumulator bytes) {
        folder = collection.folder().toAbsolutePath().toString();
        output = collection.output().toAbsolutePath().toString();
        options = collection.options();
        this.bytes = bytes;
    }

    @Override
    public void call(Iterator<String> names) throws IOException {
        TaskContext task = TaskContext.get();
        try (FaceMeasure measure = FaceMeasure.load(Device.CPU)) {
            PartPreparation parts = new VideoCollection(Path.of(folder), Path.of(output), options).parts(measure, task::isInterrupted);
            while (names.hasNext()) {
                bytes.add(parts.prepare(names.next()));
            }
        }
    }
}
