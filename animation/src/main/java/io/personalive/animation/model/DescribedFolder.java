package io.personalive.animation.model;

import io.personalive.torch.weights.CheckpointShards;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A folder with a {@code model.json} and one file a network, called after it. */
record DescribedFolder(Path folder, ModelConfig config) implements ModelSource {
    /** @throws CheckpointException if a network is not there */
    static DescribedFolder complete(Path folder, ModelConfig config) {
        DescribedFolder model = new DescribedFolder(folder, config);
        List<String> missing = Arrays.stream(NetworkName.values())
                .filter(network -> network.neededBy(config) && !model.has(network))
                .map(DescribedFolder::file).toList();
        if (!missing.isEmpty()) {
            throw new CheckpointException(folder + " is no complete model; beside its " + ModelFile.NAME + " it lacks\n  "
                    + String.join("\n  ", missing));
        }
        return model;
    }

    /**
     * A folder that need not hold all networks.
     *
     * @throws CheckpointException if the description is wrong
     */
    static DescribedFolder partial(Path folder) {
        return new DescribedFolder(folder, ModelFile.read(folder.resolve(ModelFile.NAME)));
    }

    /** Whether a folder is of this kind. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve(ModelFile.NAME));
    }

    /** What a network's file is called. */
    static String file(NetworkName network) {
        return network + ".safetensors";
    }

    @Override
    public String description() {
        return folder.toString();
    }

    @Override
    public boolean has(NetworkName network) {
        return Files.isRegularFile(folder.resolve(file(network))) || Files.isRegularFile(folder.resolve(file(network) + CheckpointShards.INDEX));
    }

    @Override
    public TensorSource open(NetworkName network) {
        if (!has(network)) {
            throw new CheckpointException(folder + " lacks " + file(network));
        }
        Path whole = folder.resolve(file(network));
        return CheckpointShards.open(Files.isRegularFile(whole) ? whole : folder.resolve(file(network) + CheckpointShards.INDEX));
    }
}
