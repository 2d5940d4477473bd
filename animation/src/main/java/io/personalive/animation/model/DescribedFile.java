package io.personalive.animation.model;

import io.personalive.torch.weights.TensorSource;
import java.nio.file.Path;

/** One network's checkpoint beside a {@code model.json}, which tells its sizes. */
record DescribedFile(Path file, ModelConfig config) implements ModelSource {
    /** @throws io.personalive.torch.weights.CheckpointException if the description is wrong */
    static DescribedFile of(Path file) {
        return new DescribedFile(file, ModelFile.read(file.resolveSibling(ModelFile.NAME)));
    }

    @Override
    public String description() {
        return file.toString();
    }

    @Override
    public boolean has(NetworkName network) {
        return true;
    }

    @Override
    public TensorSource open(NetworkName network) {
        return NetworkFile.open(file, network);
    }
}
