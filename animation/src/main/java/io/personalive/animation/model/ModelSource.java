package io.personalive.animation.model;

import io.personalive.torch.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a model's weights come from. */
public interface ModelSource {
    /** What messages call it. */
    String description();

    /** Sizes of its networks. */
    ModelConfig config();

    /** Whether it holds a network; only the tiny autoencoder may be absent. */
    boolean has(NetworkName network);

    /** Opens one network's tensors; the caller closes them. */
    TensorSource open(NetworkName network);

    /**
     * @param text {@code nano}, {@code synthetic:NAME}, {@code synthetic:FOLDER}, {@code synthetic:FILE.json}, a folder
     *     in the official layout or one with a {@code model.json}
     * @throws IllegalArgumentException if there is no such model, saying what there is
     */
    static ModelSource parse(String text) {
        if (text.equals("nano")) {
            throw new IllegalArgumentException("the trained model 'nano' is not part of this version yet: give --model "
                    + "a folder with the authors' checkpoints (./personalive download fetches them), or "
                    + "synthetic:mini to try the machinery (its pictures mean nothing)");
        }
        if (text.startsWith("synthetic:")) {
            return SyntheticModel.parse(text.substring("synthetic:".length()));
        }
        Path folder = Path.of(text);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("model '" + text + "' is neither a folder nor synthetic:NAME; "
                    + "./personalive download fetches the authors' checkpoints into a folder");
        }
        return DescribedFolder.is(folder) ? DescribedFolder.complete(folder) : new ModelFolder(folder);
    }
}
