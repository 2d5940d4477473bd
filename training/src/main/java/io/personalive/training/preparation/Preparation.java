package io.personalive.training.preparation;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import io.personalive.training.data.FaceMeasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Prepares a folder of videos, several at a time. What a video became lies in a folder of its own, so that a stopped run
 * goes on where it was, and new videos can be added. A video that can't be used is named and stops nothing.
 */
public final class Preparation {
    private static final String PARTS = "parts", CLIPS = "clips";

    private final List<SourceVideo> videos;
    private final Path output;
    private final PreparationOptions options;
    private final FaceMeasure measure;
    private final LongConsumer progress;
    private final BooleanSupplier stop;

    /**
     * @param videos   a folder, looked through with all folders in it
     * @param measure  stays the caller's
     * @param progress hears how many bytes of videos are done, each time one is
     * @param stop     once true, it ends as soon as it can
     * @throws IllegalArgumentException if there is no video
     */
    public Preparation(Path videos, Path output, PreparationOptions options, FaceMeasure measure, LongConsumer progress, BooleanSupplier stop)
            throws IOException {
        this.videos = SourceVideo.in(videos, options.val(), options.test());
        if (this.videos.isEmpty()) {
            throw new IllegalArgumentException(videos + " holds no video: name a folder with .mp4, .mov, .webm, .mkv, … files");
        }
        this.output = output;
        this.options = options;
        this.measure = measure;
        this.progress = progress;
        this.stop = stop;
    }

    /** Size of all videos, bytes. */
    public static long bytes(Path videos) throws IOException {
        long bytes = 0;
        for (SourceVideo video : SourceVideo.in(videos, 0, 0)) {
            bytes += Files.size(video.file());
        }
        return bytes;
    }

    /**
     * @param threads videos that are prepared at the same time
     * @return what was made; null if it was stopped before all was done
     * @throws IOException if the output can't be written
     */
    public PreparedFolder run(int threads) throws IOException, InterruptedException {
        Files.createDirectories(output.resolve(PARTS));
        Files.createDirectories(output.resolve(CLIPS));
        ExecutorService workers = Executors.newFixedThreadPool(threads, task -> new Thread(task, "prepare"));
        try {
            List<Future<PreparedPart>> running = new ArrayList<>();
            videos.forEach(video -> running.add(workers.submit(() -> part(video))));
            List<PreparedPart> parts = new ArrayList<>();
            for (Future<PreparedPart> part : running) {
                parts.add(part.get());
            }
            return stop.getAsBoolean() ? null : PreparedFolder.write(output, options.packedSide(), parts);
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof IOException unwritable) {
                throw unwritable;
            } else if (failed.getCause() instanceof RuntimeException wrong) {
                throw wrong;
            }
            throw new IllegalStateException(failed.getCause());
        } finally {
            workers.shutdownNow();
        }
    }

    /** @return what became of a video, now or in an earlier run; null if it was stopped */
    private PreparedPart part(SourceVideo video) throws IOException {
        if (stop.getAsBoolean()) {
            return null;
        }
        Path folder = output.resolve(PARTS).resolve(video.id());
        String stamp = stamp(video);
        PreparedPart earlier = PreparedPart.read(folder);
        PreparedPart part = earlier != null && earlier.stamp().equals(stamp) ? earlier : make(video, folder, stamp);
        progress.accept(Files.size(video.file()));
        return part;
    }

    private PreparedPart make(SourceVideo video, Path folder, String stamp) throws IOException {
        remove(folder);
        removeClips(video);
        PendingFile pending = PendingFile.folderBeside(folder);
        try {
            PreparedPart part;
            try {
                part = new VideoPreparation(video, options, measure, pending.temporary(), output.resolve(CLIPS), stop).prepare(stamp);
            } catch (MediaException | IllegalArgumentException unusable) {
                removeClips(video);
                part = new PreparedPart(pending.temporary(), stamp, video.name(), unusable.getMessage(), List.of(), List.of());
            }
            if (stop.getAsBoolean()) {
                return null;
            }
            part.write();
            pending.commit();
            return PreparedPart.read(folder);
        } finally {
            pending.discard();
        }
    }

    /** What a part depends on. */
    private String stamp(SourceVideo video) throws IOException {
        return SourceVideo.digest(String.join("|", video.name(), video.person(), video.split(), Long.toString(Files.size(video.file())),
                Files.getLastModifiedTime(video.file()).toString(), Integer.toString(options.packedSide()), Integer.toString(options.clipSide()),
                options.limits().toString()));
    }

    private void removeClips(SourceVideo video) throws IOException {
        try (Stream<Path> files = Files.list(output.resolve(CLIPS))) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(video.id() + "-")).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static void remove(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> inside = Files.walk(folder)) {
                for (Path path : inside.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
