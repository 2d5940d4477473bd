package io.personalive.training.preparation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Prepares a folder of videos, several at a time, and puts together what they became. A stopped run goes on where it was,
 * and new videos can be added. A video that can't be used is named and stops nothing.
 */
public final class Preparation {
    /** As files and folders are called while they are written. */
    private static final String UNFINISHED = "\\.[0-9a-f]{1,8}\\.tmp";

    private final VideoCollection collection;
    private final List<SourceVideo> videos;

    /** @throws IllegalArgumentException if there is no video */
    public Preparation(VideoCollection collection) throws IOException {
        this.collection = collection;
        videos = collection.videos();
    }

    /** Size of all videos, bytes. */
    public long bytes() throws IOException {
        long bytes = 0;
        for (SourceVideo video : videos) {
            bytes += Files.size(video.file());
        }
        return bytes;
    }

    /**
     * @param progress hears how many bytes of videos are done, as they are
     * @param stop     once true, it ends as soon as it can
     * @return what was made; null if it was stopped before all was done
     * @throws IOException if the output can't be written
     */
    public PreparedFolder run(PreparationWorkers workers, LongConsumer progress, BooleanSupplier stop) throws IOException, InterruptedException {
        for (Path folder : List.of(collection.output(), collection.parts(), collection.clips())) {
            Files.createDirectories(folder);
            removeUnfinished(folder);
        }
        workers.prepare(collection, progress, stop);
        return stop.getAsBoolean() ? null : PreparedFolder.write(collection.output(), collection.options().packedSide(), parts());
    }

    private List<PreparedPart> parts() throws IOException {
        List<PreparedPart> parts = new ArrayList<>();
        for (SourceVideo video : videos) {
            PreparedPart part = PreparedPart.read(collection.parts().resolve(video.id()));
            if (part == null) {
                throw new IOException(collection.parts() + " lacks what " + video.name() + " became: all who prepare must see the same folders");
            }
            parts.add(part);
        }
        return parts;
    }

    /** What a run that was killed left half-written. */
    private static void removeUnfinished(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path unfinished : files.filter(file -> file.getFileName().toString().matches(UNFINISHED)).toList()) {
                PartPreparation.remove(unfinished);
            }
        }
    }
}
