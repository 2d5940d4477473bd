package io.personalive.animation.model;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.SafetensorsWriter;
import io.personalive.torch.weights.TensorSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes a model as a folder that {@link ModelSource#parse} reads. Holds one network's weights in memory at a time; what
 * a network computes itself, such as position codes, is left out.
 */
public final class ModelExport {
    private ModelExport() {}

    /**
     * Writes the authors' layout where it can say all sizes, otherwise a {@code model.json} and a file a network. The
     * folder appears when it is complete.
     *
     * @param folder replaced where it is there
     */
    public static void write(Path folder, ModelSource model) throws IOException {
        replace(folder, partial -> {
            if (fitsOfficialLayout(partial, model.config())) {
                writeOfficial(partial, model);
            } else {
                writeDescribed(partial, model);
            }
        });
    }

    /** Fills a folder that isn't there yet. */
    @FunctionalInterface
    interface Filling {
        void into(Path folder) throws IOException;
    }

    /** Fills a folder beside the target, which then takes its place. */
    static void replace(Path folder, Filling filling) throws IOException {
        Path target = folder.toAbsolutePath().normalize();
        Files.createDirectories(target.getParent());
        Path partial = beside(target), before = beside(target);
        try {
            filling.into(partial);
            if (Files.exists(target)) {
                Files.move(target, before);
            }
            Files.move(partial, target);
        } finally {
            delete(partial);
            delete(before);
        }
    }

    static Path beside(Path target) {
        return target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".partial");
    }

    private static boolean fitsOfficialLayout(Path scratch, ModelConfig config) throws IOException {
        if (config.imageEncoder().isEmpty()) {
            return false;
        }
        try {
            ConfigFolder.write(scratch, config);
            return ModelConfig.read(scratch).equals(config);
        } catch (CheckpointException beyondIt) {
            return false;
        } finally {
            delete(scratch);
        }
    }

    /** Fills a folder in the authors' layout. */
    static void writeOfficial(Path folder, ModelSource model) throws IOException {
        ConfigFolder.write(folder, model.config());
        for (NetworkName network : NetworkName.values()) {
            Path file = folder.resolve(network.files().get(0) + ".safetensors");
            if (network == NetworkName.DENOISING_UNET) {
                Predicate<String> temporal = tensor -> tensor.contains(".temporal_modules.");
                writeFile(folder.resolve(ModelFolder.TEMPORAL_MODULES + ".safetensors"), network, model, temporal);
                writeFile(file, network, model, temporal.negate());
            } else {
                writeFile(file, network, model, tensor -> true);
            }
        }
    }

    /** Fills a folder with a {@code model.json}, in one file a network. */
    static void writeDescribed(Path folder, ModelSource model) throws IOException {
        ModelFile.write(folder.resolve(ModelFile.NAME), model.config());
        for (NetworkName network : NetworkName.values()) {
            writeFile(folder.resolve(DescribedFolder.file(network)), network, model, tensor -> true);
        }
    }

    private static void writeFile(Path target, NetworkName name, ModelSource model, Predicate<String> belongs)
            throws IOException {
        if (!model.has(name)) {
            return;
        }
        Map<String, long[]> shapes = NetworkType.of(name).requirements(NetworkWeights.of(model)).tensors();
        Files.createDirectories(target.getParent());
        try (Scope scope = new Scope(); TensorSource source = model.open(name)) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            shapes.forEach((tensor, shape) -> {
                if (belongs.test(tensor)) {
                    tensors.put(tensor, source.read(tensor, shape, Device.CPU, source.type(tensor)));
                }
            });
            SafetensorsWriter.write(target, tensors);
        }
    }

    static void delete(Path folder) throws IOException {
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
