package io.personalive.training.preparation;

import io.personalive.media.PendingFile;
import io.personalive.training.data.FaceLabels;
import io.personalive.training.data.LabelFile;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.data.PackedDatasetWriter;
import io.personalive.training.data.Shot;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of all videos put together: packed pictures to train from, the index of the clips ({@code index.jsonl},
 * {@code index.parquet}, {@code clips.csv}), their labels, {@code index.html} to look at. It is the same whatever the order
 * in which videos were prepared.
 *
 * @param clips  that were kept
 * @param failed names of videos of which nothing could be made, and why
 */
public record PreparedFolder(List<Shot> clips, List<String> failed) {
    /** The last to be moved into place: without it the folder counts as incomplete. */
    private static final String LAST = "stamp.json";

    /** Frames of all clips. */
    public long frames() {
        return clips.stream().mapToLong(Shot::frames).sum();
    }

    /** @param split train, val or test. @return how many clips are in it */
    public long clips(String split) {
        return clips.stream().filter(clip -> clip.split().equals(split)).count();
    }

    static PreparedFolder write(Path output, int packedSide, List<PreparedPart> parts) throws IOException {
        List<PreparedPart> usable = parts.stream().filter(part -> part.failure() == null).toList();
        PendingFile pending = PendingFile.folderBeside(output.resolve("index"));
        try {
            Path folder = pending.temporary();
            writeIndex(folder, usable);
            Files.writeString(folder.resolve("index.html"), PreparationPage.html(output, parts));
            String stamp = SourceVideo.digest(parts.stream().map(PreparedPart::stamp).collect(Collectors.joining("|")));
            List<Shot> clips = writeClips(folder, packedSide, usable, stamp);
            moveInto(folder, output);
            return new PreparedFolder(clips, parts.stream()
                    .filter(part -> part.failure() != null).map(part -> part.source() + ": " + part.failure()).toList());
        } finally {
            pending.discard();
        }
    }

    private static void writeIndex(Path folder, List<PreparedPart> parts) throws IOException {
        try (OutputStream lines = Files.newOutputStream(folder.resolve(PreparedPart.INDEX));
                ParquetIndex parquet = new ParquetIndex(folder.resolve(ParquetIndex.FILE))) {
            for (PreparedPart part : parts) {
                Path index = part.folder().resolve(PreparedPart.INDEX);
                Files.copy(index, lines);
                parquet.addAll(index);
            }
        }
    }

    private static List<Shot> writeClips(Path folder, int packedSide, List<PreparedPart> parts, String stamp) throws IOException {
        List<String> table = new ArrayList<>(List.of("id,file,person,split,frames"));
        List<Shot> clips = new ArrayList<>();
        try (PackedDatasetWriter packed = new PackedDatasetWriter(folder, packedSide); LabelFile labels = new LabelFile()) {
            for (PreparedPart part : parts) {
                clips.addAll(addPacked(part, packed, labels, table));
            }
            Files.write(folder.resolve("clips.csv"), table);
            labels.write(Files.createDirectory(folder.resolve("labels")).resolve("clips.safetensors"));
            packed.finish(stamp);
        }
        return clips;
    }

    /** @return the part's clips */
    private static List<Shot> addPacked(PreparedPart part, PackedDatasetWriter packed, LabelFile labels, List<String> table)
            throws IOException {
        Map<String, Integer> sides = part.clipSides();
        try (PackedDataset pictures = PackedDataset.open(part.folder())) {
            packed.append(pictures);
            for (Shot clip : pictures.shots()) {
                // the clip's own pixels are those of the packed pictures, enlarged
                double scale = (double) sides.get(clip.id()) / pictures.side();
                List<FaceLabels> faces = new ArrayList<>();
                for (int row = clip.first(); row < clip.first() + clip.frames(); row++) {
                    faces.add(pictures.labels(row).scaled(scale));
                }
                labels.add(clip.id() + "/", faces);
                table.add(String.join(",", clip.id(), "clips/" + clip.id() + ".mp4", quoted(clip.person()), clip.split(),
                        Integer.toString(clip.frames())));
            }
            return pictures.shots();
        }
    }

    private static String quoted(String text) {
        return '"' + text.replace("\"", "\"\"") + '"';
    }

    private static void moveInto(Path folder, Path output) throws IOException {
        Files.deleteIfExists(output.resolve(LAST));
        Files.createDirectories(output.resolve("labels"));
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).filter(file -> !file.getFileName().toString().equals(LAST)).toList()) {
                Files.move(file, output.resolve(folder.relativize(file).toString()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(folder.resolve(LAST), output.resolve(LAST), StandardCopyOption.REPLACE_EXISTING);
    }
}
