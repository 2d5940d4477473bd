package io.personalive.animation.model;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.SafetensorsWriter;
import io.personalive.torch.weights.TensorSource;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

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
        write(folder, partial -> {
            ConfigFolder.write(partial, config);
            ModelSource model = new SyntheticModel("synthetic", config);
            for (NetworkName network : NetworkName.values()) {
                writeNetwork(partial, network, model);
            }
        });
    }

    /**
     * The same with a {@code model.json}, in one file a network.
     *
     * @param folder must not exist, or be empty
     * @param model  named as {@link ModelSource#parse} takes it
     */
    public static void writeDescribed(Path folder, ModelSource model) throws IOException {
        write(folder, partial -> {
            ModelFile.write(partial.resolve(ModelFile.NAME), model.config());
            for (NetworkName network : NetworkName.values()) {
                Map<String, long[]> shapes = network.requirements(NetworkWeights.of(model)).tensors();
                writeFile(partial, network.toString(), network, model, shapes, tensor -> true);
            }
        });
    }

    /** Fills a folder. */
    private interface Filling {
        void into(Path folder) throws IOException;
    }

    private static void write(Path folder, Filling filling) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        refuseUnlessFree(target);
        Files.createDirectories(target.getParent());
        Path partial = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".partial");
        try {
            filling.into(partial);
            Files.deleteIfExists(target);
            Files.move(partial, target);
        } finally {
            delete(partial);
        }
    }

    private static void writeNetwork(Path folder, NetworkName name, ModelSource model) throws IOException {
        Map<String, long[]> shapes = name.requirements(NetworkWeights.of(model)).tensors();
        if (name == NetworkName.DENOISING_UNET) {
            Predicate<String> temporal = tensor -> tensor.contains(".temporal_modules.");
            writeFile(folder, ModelFolder.TEMPORAL_MODULES, name, model, shapes, temporal);
            writeFile(folder, name.files().get(0), name, model, shapes, temporal.negate());
        } else {
            writeFile(folder, name.files().get(0), name, model, shapes, tensor -> true);
        }
    }

    private static void writeFile(Path folder, String file, NetworkName name, ModelSource model,
            Map<String, long[]> shapes, Predicate<String> belongs) throws IOException {
        Path target = folder.resolve(file + ".safetensors");
        Files.createDirectories(target.getParent());
        try (Scope scope = new Scope(); TensorSource source = model.open(name)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            shapes.forEach((tensor, shape) -> {
                if (belongs.test(tensor)) {
                    tensors.put(tensor, source.read(tensor, shape, Device.CPU, ScalarType.Float));
                }
            });
            SafetensorsWriter.write(target, tensors);
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

    private static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (Path each : inside.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }
}
