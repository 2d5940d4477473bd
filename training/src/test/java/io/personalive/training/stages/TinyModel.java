package io.personalive.training.stages;

import io.personalive.animation.model.ModelSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The official classes at the smallest sizes, with synthetic weights. */
public final class TinyModel {
    private static final String JSON = """
            {"frame_size": 64, "window": {"chunk_frames": 2, "timesteps": [0, 400, 800]},
             "schedule": {"prediction": "v_prediction"},
             "keyframes": {"threshold": 1},
             "unet": {"block_out_channels": [32, 32], "layers_per_block": 1},
             "autoencoder": {"block_out_channels": [32, 32, 32, 32], "layers_per_block": 1},
             "image_encoder": {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
                "patch_size": 56, "projection_dim": 16},
             "motion_encoder": {"image_size": 64, "widths": [32, 32, 32], "attention_width": 32, "landmarks": 8, "features": 32,
                "tokens": 4, "token_width": 8},
             "motion_extractor": {"image_size": 64, "depths": [1, 1], "widths": [16, 32]},
             "pose_guider": {"widths": [8, 8, 16, 16]}}
            """;

    private TinyModel() {}

    /** @param folder where its description is written. @return what {@code --model} would say */
    public static String describe(Path folder) throws IOException {
        return "synthetic:" + Files.writeString(folder.resolve("tiny.json"), JSON);
    }

    static ModelSource in(Path folder) throws IOException {
        return ModelSource.parse(describe(folder));
    }
}
