package io.personalive.animation.model;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Writes a model of synthetic weights as a folder in the official layout, to test what reads such folders. Its tensors
 * are float32 and equal to those of {@code synthetic:NAME}; what a network computes itself, such as position codes, is
 * left out.
 */
public final class SyntheticFolder {
    private SyntheticFolder() {}

    /**
     * Holds one network's weights in memory at a time. The folder appears when it is complete.
     *
     * @param folder must not exist, or be empty
     * @throws IOException if it can't be written, or holds something; nothing is left behind then
     */
    public static void write(Path folder, ModelConfig config) throws IOException {
        write(folder, partial -> ModelExport.writeOfficial(partial, new SyntheticModel("synthetic", config)));
    }

    /**
     * The same with a {@code model.json}, in one file a network.
     *
     * @param folder must not exist, or be empty
     * @param model  named as {@link ModelSource#parse} takes it
     */
    public static void writeDescribed(Path folder, ModelSource model) throws IOException {
        write(folder, partial -> ModelExport.writeDescribed(partial, model));
    }

    /** Fills a folder. */
    private interface Filling {
        void into(Path folder) throws IOException;
    }

    private static void write(Path folder, Filling filling) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        refuseUnlessFree(target);
        Files.createDirectories(target.getParent());
        Path partial = ModelExport.beside(target);
        try {
            filling.into(partial);
            Files.deleteIfExists(target);
            Files.move(partial, target);
        } finally {
            ModelExport.delete(partial);
        }
    }

    private static void refuseUnlessFree(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> inside = Files.list(folder)) {
                if (inside.findAny().isPresent()) {
                    throw new DirectoryNotEmptyException(folder.toString());
                }
            }
        } else if (Files.exists(folder)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }
}
