package io.personalive.training.preparation;

import io.personalive.media.PendingFile;
import io.personalive.training.data.FaceMeasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Prepares single videos of a collection. What a video became lies in a folder of its own, its part; one that is there
 * and current is left as it is. Any number of threads and processes may share a collection's videos.
 */
public final class PartPreparation {
    private final VideoCollection collection;
    private final FaceMeasure measure;
    private final BooleanSupplier stop;

    PartPreparation(VideoCollection collection, FaceMeasure measure, BooleanSupplier stop) {
        this.collection = collection;
        this.measure = measure;
        this.stop = stop;
    }

    /**
     * Makes the part of a video, unless it is there or it is time to stop. A video that can't be used becomes a part that
     * says so.
     *
     * @param name relative to the collection's folder, with / between folders
     * @return the video's size, bytes
     * @throws IOException if the part can't be written, or the video is gone
     */
    public long prepare(String name) throws IOException {
        PreparationOptions options = collection.options();
        SourceVideo video = SourceVideo.named(name, collection.folder(), options.val(), options.test());
        Path folder = collection.parts().resolve(video.id());
        String stamp = stamp(video);
        PreparedPart earlier = PreparedPart.read(folder);
        if (!stop.getAsBoolean() && (earlier == null || !earlier.stamp().equals(stamp))) {
            make(video, folder, stamp);
        }
        return Files.size(video.file());
    }

    private void make(SourceVideo video, Path folder, String stamp) throws IOException {
        remove(folder);
        removeClips(video);
        PendingFile pending = PendingFile.folderBeside(folder);
        try {
            PreparedPart part;
            try {
                part = new VideoPreparation(video, collection.options(), measure, pending.temporary(), collection.clips(), stop).prepare(stamp);
            } catch (RuntimeException unusable) { // whatever a decoder makes of a damaged file, the others are prepared
                removeClips(video);
                String why = unusable.getMessage() == null ? unusable.toString() : unusable.getMessage();
                // the file is named beside it; where it lies is a matter of the machine
                part = new PreparedPart(pending.temporary(), stamp, video.name(), why.replace(video.file() + " ", ""), false, List.of(), List.of());
            }
            if (!stop.getAsBoolean()) {
                part.write();
                pending.commit();
            }
        } finally {
            pending.discard();
        }
    }

    /** What a part depends on. */
    private String stamp(SourceVideo video) throws IOException {
        PreparationOptions options = collection.options();
        return SourceVideo.digest(String.join("|", video.name(), video.person(), video.split(), Long.toString(Files.size(video.file())),
                Files.getLastModifiedTime(video.file()).toString(), Integer.toString(options.packedSide()), Integer.toString(options.clipSide()),
                options.limits().toString()));
    }

    private void removeClips(SourceVideo video) throws IOException {
        try (Stream<Path> files = Files.list(collection.clips())) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(video.id() + "-")).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Removes a folder with all in it, or a file; nothing where there is none. */
    static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.walk(folder)) {
                for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
