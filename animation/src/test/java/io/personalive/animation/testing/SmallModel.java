package io.personalive.animation.testing;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.personalive.animation.model.ModelSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Descriptions of models so small that a test takes a second: the authors' motion networks alone, which have one size in
 * every named configuration, take a hundred times as long as all the rest of the smallest.
 */
public final class SmallModel {
    private static final ObjectMapper json = new ObjectMapper();
    private static final String FIELDS = """
            {"frame_size": 64,
            "image_encoder": {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2,
              "patch_size": 56, "projection_dim": 16},
            "autoencoder": {"block_out_channels": [32, 32, 32, 32], "layers_per_block": 1},
            "unet": {"block_out_channels": [32, 32], "layers_per_block": 1},
            "motion_encoder": {"image_size": 64, "widths": [8, 32, 32], "attention_width": 32, "attention_heads": 2,
              "landmarks": 4, "features": 16},
            "motion_extractor": {"image_size": 64, "depths": [1, 1], "widths": [8, 16]},
            "pose_guider": {"widths": [8, 8, 8, 8]}}""";

    private SmallModel() {}

    /**
     * Writes a description.
     *
     * @param file   such as {@code model.json}; replaced where it is there
     * @param fields of the description that are others, as {@code 'frame_size': 96, 'window': {…}} with single quotes;
     *               each takes the place of the whole field
     * @return the file
     */
    public static Path write(Path file, String fields) throws IOException {
        ObjectNode description = (ObjectNode) json.readTree(FIELDS);
        description.setAll((ObjectNode) json.readTree("{" + fields.replace('\'', '"') + "}"));
        return Files.writeString(file, description.toString());
    }

    /** A model of synthetic weights. @param fields as of {@link #write} */
    public static ModelSource synthetic(String fields) {
        try {
            Path file = Files.createTempFile("small", ".json");
            try {
                return ModelSource.parse("synthetic:" + write(file, fields));
            } finally {
                Files.delete(file);
            }
        } catch (IOException unwritable) {
            throw new UncheckedIOException(unwritable);
        }
    }
}
