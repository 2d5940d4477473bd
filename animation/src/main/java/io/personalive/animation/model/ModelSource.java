package io.personalive.animation.model;

import io.personalive.animation.schedule.WindowShape;
import io.personalive.torch.weights.TensorSource;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a model's weights come from. */
public interface ModelSource {
    /** What messages call it. */
    String description();

    /**
     * Sizes of its networks.
     *
     * @throws IllegalArgumentException if it has none that generate pictures
     */
    ModelConfig config();

    /** Side of its square frames, in pixels. */
    default int frameSize() {
        return config().frameSize();
    }

    /** How many frames it works on at once. */
    default WindowShape window() {
        return config().window();
    }

    /** Tells which models understand each other's motion templates. */
    default String motionFingerprint() {
        return MotionFingerprint.of(this);
    }

    /** Whether it holds a network; only the tiny autoencoder may be absent. */
    boolean has(NetworkName network);

    /** Whether it has sizes alone: its weights are a formula, and teach nothing. */
    default boolean isSizesAlone() {
        return false;
    }

    /** Opens one network's tensors; the caller closes them. */
    TensorSource open(NetworkName network);

    /**
     * @param text {@code nano}, {@code synthetic:NAME}, {@code synthetic:FOLDER}, {@code synthetic:FILE.json}, a folder
     *     in the official layout or one with a {@code model.json}
     * @throws IllegalArgumentException if there is no such model, saying what there is
     */
    static ModelSource parse(String text) {
        if (text.equals("nano")) {
            return ModelFile.embedded("nano");
        }
        if (text.startsWith("synthetic:")) {
            return SyntheticModel.parse(text.substring("synthetic:".length()));
        }
        Path folder = Path.of(text);
        if (!Files.isDirectory(folder)) {
            throw new IllegalArgumentException("model '" + text + "' is neither nano, nor a folder, nor synthetic:NAME; "
                    + "./personalive download fetches the authors' checkpoints into a folder");
        }
        return DescribedFolder.is(folder) ? ModelFile.folder(folder) : new ModelFolder(folder);
    }
}
