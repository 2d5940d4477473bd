package io.personalive.training.run;

import io.personalive.torch.Device;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The checkpoints of a run: {@code step-00000500.safetensors}, … Each appears when it is complete. The newest ones are
 * kept, and the one with the smallest loss.
 */
final class Checkpoints {
    private static final Logger log = LoggerFactory.getLogger(Checkpoints.class);
    private static final String PREFIX = "step-", SUFFIX = ".safetensors", SCORE = "score";

    private final Path folder;
    private final int kept;

    /** @param kept how many of the newest */
    Checkpoints(Path folder, int kept) {
        this.folder = folder;
        this.kept = kept;
    }

    /**
     * What one holds.
     *
     * @param state    tensors by name, which {@link Saved#close} frees
     * @param progress short texts by name
     */
    record Saved(long step, Map<String, Tensor> state, Map<String, String> progress, Checkpoint file) implements AutoCloseable {
        @Override
        public void close() {
            file.close();
        }
    }

    /**
     * @param score    its loss: the smallest is kept
     * @param progress short texts by name
     * @throws IOException if it can't be written; those before are as they were
     */
    void save(long step, Map<String, Tensor> state, Map<String, String> progress, double score) throws IOException {
        Files.createDirectories(folder);
        Map<String, String> texts = new LinkedHashMap<>(progress);
        texts.put(SCORE, Double.toString(score));
        SafetensorsWriter.write(folder.resolve(String.format(Locale.ROOT, "%s%08d%s", PREFIX, step, SUFFIX)), state, texts);
        prune();
    }

    /**
     * @return the newest one that is whole, its tensors in the caller's scope; null where there is none. One that can't
     *         be read is named in the log
     */
    Saved newest() throws IOException {
        List<Path> files = files();
        for (int i = files.size() - 1; i >= 0; i--) {
            try {
                return open(files.get(i));
            } catch (CheckpointException damaged) {
                log.warn("{}; the checkpoint before it is taken", damaged.getMessage());
            }
        }
        return null;
    }

    private static Saved open(Path path) {
        Checkpoint file = Checkpoint.open(path);
        Map<String, Tensor> state = new LinkedHashMap<>();
        file.tensors().forEach((name, entry) -> state.put(name,
                file.read(name, entry.shape(), Device.CPU, entry.type().scalar())));
        return new Saved(step(path), state, file.metadata(), file);
    }

    private void prune() throws IOException {
        List<Path> files = files();
        Set<Path> keep = new TreeSet<>(files.subList(Math.max(0, files.size() - kept), files.size()));
        Map<Double, Path> byScore = new TreeMap<>();
        for (Path file : files) {
            byScore.putIfAbsent(score(file), file);
        }
        byScore.values().stream().findFirst().ifPresent(keep::add);
        for (Path file : files) {
            if (!keep.contains(file)) {
                Files.delete(file);
            }
        }
    }

    private static double score(Path path) {
        try (Checkpoint file = Checkpoint.open(path)) {
            return Double.parseDouble(file.metadata().get(SCORE));
        } catch (CheckpointException | NumberFormatException | NullPointerException damaged) {
            return Double.POSITIVE_INFINITY;
        }
    }

    /** Oldest first. */
    private List<Path> files() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return new ArrayList<>(inside.filter(path -> path.getFileName().toString().matches(PREFIX + "\\d+\\" + SUFFIX))
                    .sorted(Comparator.comparingLong(Checkpoints::step)).toList());
        }
    }

    private static long step(Path path) {
        String name = path.getFileName().toString();
        return Long.parseLong(name.substring(PREFIX.length(), name.length() - SUFFIX.length()));
    }
}
