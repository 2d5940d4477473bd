package io.personalive.animation.model;

import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** A model whose weights follow from their names: for checking the machinery without a download. */
record SyntheticModel(String description, ModelConfig config) implements ModelSource {
    /** What the formula calls the motion extractor; with the 2 its face boxes fall inside the picture. */
    private static final String MOTION_EXTRACTOR = "motion-extractor2";

    /** @param sizes a configuration's name, a {@code model.json}, or a folder with one or with {@code config.json} files */
    static SyntheticModel parse(String sizes) {
        ModelConfig named = ModelConfig.named(sizes);
        if (named != null) {
            return new SyntheticModel("synthetic:" + sizes, named);
        }
        Path path = Path.of(sizes);
        if (sizes.endsWith(".json") && Files.isRegularFile(path)) {
            return new SyntheticModel("synthetic:" + sizes, ModelFile.read(path));
        }
        if (!Files.isDirectory(path)) {
            throw new IllegalArgumentException("synthetic:" + sizes + " is unknown: use one of "
                    + String.join(", ", ModelConfig.names()) + ", or a model.json, or a folder with one or with config.json files");
        }
        return new SyntheticModel("synthetic:" + sizes, DescribedFolder.is(path)
                ? ModelFile.read(path.resolve(ModelFile.NAME)) : ModelConfig.read(path));
    }

    @Override
    public boolean has(NetworkName network) {
        return network == NetworkName.TINY_AUTOENCODER || network.neededBy(config);
    }

    @Override
    public boolean isSizesAlone() {
        return true;
    }

    @Override
    public TensorSource open(NetworkName network) {
        return new SyntheticTensors(
                network == NetworkName.MOTION_EXTRACTOR ? MOTION_EXTRACTOR : network.toString());
    }
}
