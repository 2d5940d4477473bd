package io.personalive.training.preparation;

import io.personalive.media.PendingFile;
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
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The parts of all videos put together: packed pictures to train from, {@code index.jsonl} and {@code clips.csv} of the
 * clips, their labels, {@code index.html} to look at. It is the same whatever the order in which videos were prepared.
 *
 * @param clips  that were kept
 * @param frames in them
 * @param failed names of videos of which nothing could be made, and why
 */
public record PreparedFolder(int clips, int frames, List<String> failed) {
    /** The last to be moved into place: without it the folder counts as incomplete. */
    private static final String LAST = "stamp.json";

    static PreparedFolder write(Path output, int packedSide, List<PreparedPart> parts) throws IOException {
        List<String> failed = parts.stream().filter(part -> part.failure() != null).map(part -> part.source() + ": " + part.failure()).toList();
        PendingFile pending = PendingFile.folderBeside(output.resolve("index"));
        Path folder = pending.temporary();
        int clips = parts.stream().mapToInt(part -> part.kept().size()).sum(), frames;
        try (PackedDatasetWriter packed = new PackedDatasetWriter(folder, packedSide);
                OutputStream index = Files.newOutputStream(folder.resolve(PreparedPart.INDEX)); LabelFile labels = new LabelFile()) {
            List<String> table = new ArrayList<>(List.of("id,file,person,split,frames"));
            for (PreparedPart part : parts) {
                if (part.failure() == null) {
                    Files.copy(part.folder().resolve(PreparedPart.INDEX), index);
                    addPacked(part, packed, labels, table);
                }
            }
            frames = packed.size();
            Files.write(folder.resolve("clips.csv"), table);
            labels.write(Files.createDirectory(folder.resolve("labels")).resolve("clips.safetensors"));
            Files.writeString(folder.resolve("index.html"), PreparationPage.html(output, parts));
            packed.finish(SourceVideo.digest(parts.stream().map(PreparedPart::stamp).collect(Collectors.joining("|"))));
            moveInto(folder, output);
        } finally {
            pending.discard();
        }
        return new PreparedFolder(clips, frames, failed);
    }

    private static void addPacked(PreparedPart part, PackedDatasetWriter packed, LabelFile labels, List<String> table) throws IOException {
        Map<String, Integer> sides = part.clipSides();
        try (PackedDataset pictures = PackedDataset.open(part.folder())) {
            packed.append(pictures);
            for (Shot clip : pictures.shots()) {
                // the clip's own pixels are those of the packed pictures, enlarged
                double scale = (double) sides.get(clip.id()) / pictures.side();
                labels.add(clip.id() + "/", IntStream.range(clip.first(), clip.first() + clip.frames())
                        .mapToObj(row -> pictures.labels(row).scaled(scale)).toList());
                table.add(String.join(",", clip.id(), "clips/" + clip.id() + ".mp4", quoted(clip.person()), clip.split(),
                        Integer.toString(clip.frames())));
            }
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
