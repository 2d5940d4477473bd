package io.personalive.torch.weights;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A checkpoint that is divided into several files, with an index that says which tensor lies in which. */
public final class CheckpointShards {
    /** Ends the name of an index, which begins like the checkpoint's. */
    public static final String INDEX = ".index.json";
    /** An index of a hundred thousand tensors has a tenth of it. */
    private static final long MOST_BYTES = 64 << 20;

    private CheckpointShards() {}

    /**
     * Opens a checkpoint in one file, or all files that an index names.
     *
     * @param path the file, or the index
     * @throws CheckpointException as {@link Checkpoint#open}; if the index is no index, or a file is not there
     */
    public static TensorSource open(Path path) {
        List<Path> files = files(path);
        if (files.equals(List.of(path))) {
            return Checkpoint.open(path);
        }
        List<TensorSource> shards = new ArrayList<>();
        try {
            for (Path file : files) {
                shards.add(Checkpoint.open(file));
            }
            return new MergedTensors(shards, List.of());
        } catch (RuntimeException failed) {
            shards.forEach(TensorSource::close);
            throw failed;
        }
    }

    /**
     * The files that a checkpoint lies in.
     *
     * @param path the one file, or the index
     * @throws CheckpointException if the index is no index, or a file is not there
     */
    public static List<Path> files(Path path) {
        return path.getFileName().toString().endsWith(INDEX) ? named(path).stream().map(path::resolveSibling).toList() : List.of(path);
    }

    private static Set<String> named(Path index) {
        JsonNode places;
        try {
            if (Files.size(index) > MOST_BYTES) {
                throw new CheckpointException(index + ": is larger than any index");
            }
            places = new ObjectMapper().readTree(Files.readString(index)).path("weight_map");
        } catch (IOException broken) {
            throw new CheckpointException(index + ": can't be read as an index (" + broken.getMessage().lines().findFirst().orElse("") + "). "
                    + CheckpointFile.DOWNLOAD_AGAIN, broken);
        }
        Set<String> files = new TreeSet<>();
        places.forEach(place -> files.add(place.asText()));
        for (String name : files) {
            if (name.isEmpty() || name.contains("/") || name.contains("\\") || name.startsWith(".")) {
                throw new CheckpointException(index + ": names the file '" + name + "', which doesn't lie beside it");
            }
            if (!Files.isRegularFile(index.resolveSibling(name))) {
                throw new CheckpointException(index + ": " + name + ", which it names, is not there. " + CheckpointFile.DOWNLOAD_AGAIN);
            }
        }
        if (files.isEmpty()) {
            throw new CheckpointException(index + ": is no index of a checkpoint: it has no weight_map");
        }
        return files;
    }
}
