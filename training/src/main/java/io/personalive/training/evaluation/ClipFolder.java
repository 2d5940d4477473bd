package io.personalive.training.evaluation;

import io.personalive.torch.weights.Checkpoint;
import io.personalive.training.data.CsvTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The clips to be evaluated, and where their labels are. */
public final class ClipFolder {
    private static final Set<String> VIDEOS = Set.of("mp4", "m4v", "mov", "webm", "mkv", "avi", "gif");
    private static final String LABELS = "labels/clips.safetensors", TABLE = "clips.csv";

    /** @param id the file's name without its ending */
    public record Clip(String id, Path video) {}

    private ClipFolder() {}

    /**
     * @param split only clips of which {@code clips.csv}, in the folder or above it, says so; null for all
     * @return the folder's videos in the order of their names; of a folder that holds only a folder {@code clips}, those
     * @throws IOException              if it can't be read, or the table can't
     * @throws IllegalArgumentException if there is no such clip
     */
    public static List<Clip> clips(Path folder, String split) throws IOException {
        List<Clip> clips = videos(folder);
        if (clips.isEmpty() && Files.isDirectory(folder.resolve("clips"))) {
            clips = videos(folder.resolve("clips"));
        }
        if (split != null) {
            Set<String> wanted = ofSplit(folder, split);
            clips = clips.stream().filter(clip -> wanted.contains(clip.id)).toList();
        }
        if (clips.isEmpty()) {
            throw new IllegalArgumentException(folder + " holds no video" + (split == null ? "" : " of the split '" + split + "'")
                    + ": name a folder with clips, such as .mp4 files");
        }
        return clips;
    }

    /** @return the labels that lie in the folder or beside it; empty if there are none */
    public static Optional<Path> labels(Path folder) {
        return Stream.of(folder, folder.toAbsolutePath().normalize().getParent()).filter(place -> place != null)
                .map(place -> place.resolve(LABELS)).filter(Files::isRegularFile).findFirst();
    }

    /** @param given a file of labels, or a folder that holds one; opened, the caller's to close */
    public static Checkpoint openLabels(Path given) throws IOException {
        Path file = Files.isDirectory(given) ? labels(given).orElse(given.resolve("clips.safetensors")) : given;
        if (!Files.isRegularFile(file)) {
            throw new IOException(given + " holds no labels: " + LABELS + " is missing");
        }
        return Checkpoint.open(file);
    }

    private static List<Clip> videos(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            List<Clip> clips = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                int dot = name.lastIndexOf('.');
                if (dot > 0 && Files.isRegularFile(file) && VIDEOS.contains(name.substring(dot + 1).toLowerCase(Locale.ROOT))) {
                    clips.add(new Clip(name.substring(0, dot), file));
                }
            }
            return clips;
        }
    }

    private static Set<String> ofSplit(Path folder, String split) throws IOException {
        Path beside = folder.toAbsolutePath().normalize().resolveSibling(TABLE);
        CsvTable table = new CsvTable(Files.exists(folder.resolve(TABLE)) ? folder.resolve(TABLE) : beside);
        Set<String> ids = new HashSet<>();
        for (int row = 0; row < table.rows(); row++) {
            if (table.get(row, "split").equals(split)) {
                ids.add(table.get(row, "id"));
            }
        }
        return ids;
    }
}
