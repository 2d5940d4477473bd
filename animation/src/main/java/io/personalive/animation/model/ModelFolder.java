package io.personalive.animation.model;

import io.personalive.torch.weights.CheckpointShards;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.MergedTensors;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A folder in the authors' layout. Each checkpoint may be safetensors or PyTorch's zip, in one file or several; the former is preferred. */
final class ModelFolder implements ModelSource {
    static final String TEMPORAL_MODULES = "personalive/temporal_module";
    private static final String BASE_UNET = "sd-image-variations-diffusers/unet/diffusion_pytorch_model";
    private static final List<String> EXTENSIONS = Stream.of(".safetensors", ".pth", ".bin", ".pt")
            .flatMap(kind -> Stream.of(kind, kind + CheckpointShards.INDEX)).toList();

    private final Path folder;
    private final ModelConfig config;

    ModelFolder(Path folder) {
        this.folder = folder;
        List<String> missing = new ArrayList<>();
        Arrays.stream(NetworkName.values())
                .filter(network -> network != NetworkName.TINY_AUTOENCODER && !has(network))
                .forEach(network -> missing.add(network.files().get(0) + ".pth (or .safetensors, .bin)"));
        if (find(List.of(TEMPORAL_MODULES)).isEmpty()) {
            missing.add(TEMPORAL_MODULES + ".pth (or .safetensors, .bin)");
        }
        if (!missing.isEmpty()) {
            throw new CheckpointException(folder + " is no complete model; it lacks\n  " + String.join("\n  ", missing)
                    + "\n./personalive download --to " + folder + " fetches what is missing of the authors' checkpoints");
        }
        config = ModelConfig.read(folder);
    }

    @Override
    public String description() {
        return folder.toString();
    }

    @Override
    public ModelConfig config() {
        return config;
    }

    @Override
    public boolean has(NetworkName network) {
        return find(network.files()).isPresent();
    }

    @Override
    public TensorSource open(NetworkName network) {
        return open(folder, network);
    }

    /** Opens one network of a folder that need not be complete. */
    static TensorSource open(Path folder, NetworkName network) {
        Path file = find(folder, network.files()).orElseThrow(() -> new CheckpointException(
                folder + " lacks " + network.files().get(0) + ".pth (or .safetensors, .bin)"));
        if (network != NetworkName.DENOISING_UNET) {
            return NetworkFile.open(file, network);
        }
        List<TensorSource> parts = new ArrayList<>();
        Optional<Path> base = find(folder, List.of(BASE_UNET));
        try {
            parts.add(CheckpointShards.open(file));
            Optional<Path> temporal = find(folder, List.of(TEMPORAL_MODULES));
            if (temporal.isPresent()) {
                parts.add(CheckpointShards.open(temporal.get()));
            }
            return new MergedTensors(parts, base.isPresent() ? List.of(CheckpointShards.open(base.get())) : List.of());
        } catch (RuntimeException broken) {
            parts.forEach(TensorSource::close);
            throw broken;
        }
    }

    private Optional<Path> find(List<String> names) {
        return find(folder, names);
    }

    private static Optional<Path> find(Path folder, List<String> names) {
        return EXTENSIONS.stream().flatMap(extension -> names.stream().map(name -> folder.resolve(name + extension)))
                .filter(Files::isRegularFile).findFirst();
    }
}
