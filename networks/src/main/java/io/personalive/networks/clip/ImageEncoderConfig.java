package io.personalive.networks.clip;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.torch.weights.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Sizes of a CLIP image encoder, named as in its {@code config.json}.
 *
 * @param hiddenSize        width of the tokens; a multiple of the heads
 * @param intermediateSize  width inside the feed-forward part
 * @param numHiddenLayers   transformer layers
 * @param numAttentionHeads heads of each
 * @param patchSize         side of a patch in pixels; divides the image's side
 * @param imageSize         side of the picture in pixels
 * @param projectionDim     width of the image token
 * @param layerNormEps      epsilon of every layer norm
 */
public record ImageEncoderConfig(int hiddenSize, int intermediateSize, int numHiddenLayers, int numAttentionHeads,
        int patchSize, int imageSize, int projectionDim, double layerNormEps) {
    private static final double USUAL_EPSILON = 1e-5;
    private static final int OFFICIAL_IMAGE_SIZE = 224, LARGEST_IMAGE = 1024;

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public ImageEncoderConfig {
        positive("hidden_size", hiddenSize);
        positive("intermediate_size", intermediateSize);
        positive("num_hidden_layers", numHiddenLayers);
        positive("num_attention_heads", numAttentionHeads);
        positive("patch_size", patchSize);
        positive("projection_dim", projectionDim);
        if (hiddenSize % numAttentionHeads != 0) {
            throw new IllegalArgumentException("hidden_size is " + hiddenSize
                    + ", expected a multiple of num_attention_heads, " + numAttentionHeads);
        }
        if (imageSize < 1 || imageSize > LARGEST_IMAGE) {
            throw new IllegalArgumentException("image_size is " + imageSize + ", expected 1 to " + LARGEST_IMAGE + " pixels");
        }
        if (imageSize % patchSize != 0) {
            throw new IllegalArgumentException(
                    "patch_size is " + patchSize + ", expected a divisor of image_size, " + imageSize);
        }
        if (!(layerNormEps > 0 && layerNormEps < 1)) {
            throw new IllegalArgumentException(
                    "layer_norm_eps is " + layerNormEps + ", expected a small positive number such as 1e-5");
        }
    }

    /** ViT-L/14, as the authors use it. */
    public static ImageEncoderConfig official() {
        return new ImageEncoderConfig(1024, 4096, 24, 16, 14, OFFICIAL_IMAGE_SIZE, 768, USUAL_EPSILON);
    }

    /** A small one, for tests. */
    public static ImageEncoderConfig mini() {
        return new ImageEncoderConfig(64, 128, 3, 4, 32, OFFICIAL_IMAGE_SIZE, 48, USUAL_EPSILON);
    }

    /** The smallest, for tests. */
    public static ImageEncoderConfig micro() {
        return new ImageEncoderConfig(32, 64, 2, 2, 56, OFFICIAL_IMAGE_SIZE, 16, USUAL_EPSILON);
    }

    /**
     * @param file a {@code config.json} beside the encoder's weights
     * @throws CheckpointException if it can't be read or describes another kind of encoder
     */
    public static ImageEncoderConfig read(Path file) {
        try {
            return of(new ObjectMapper().readTree(Files.readString(file)));
        } catch (JsonProcessingException broken) {
            throw new CheckpointException(file + " is not valid JSON: " + broken.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new CheckpointException(file + " can't be read: it comes with the image encoder's weights", unreadable);
        } catch (IllegalArgumentException wrong) {
            throw new CheckpointException(file + ": " + wrong.getMessage());
        }
    }

    private static ImageEncoderConfig of(JsonNode json) {
        String activation = json.path("hidden_act").asText("quick_gelu");
        if (!activation.equals("quick_gelu")) {
            throw new IllegalArgumentException("hidden_act is " + activation + ", expected quick_gelu");
        }
        int channels = json.path("num_channels").asInt(3);
        if (channels != 3) {
            throw new IllegalArgumentException("num_channels is " + channels + ", expected 3");
        }
        JsonNode epsilon = json.path("layer_norm_eps");
        if (!epsilon.isMissingNode() && !epsilon.isNumber()) {
            throw new IllegalArgumentException("layer_norm_eps is " + epsilon + ", expected a number such as 1e-5");
        }
        return new ImageEncoderConfig(whole(json, "hidden_size"), whole(json, "intermediate_size"),
                whole(json, "num_hidden_layers"), whole(json, "num_attention_heads"), whole(json, "patch_size"),
                whole(json, "image_size"), whole(json, "projection_dim"), epsilon.asDouble(USUAL_EPSILON));
    }

    private static int whole(JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (!value.isInt()) {
            throw new IllegalArgumentException(
                    field + " is " + (value.isMissingNode() ? "missing" : value) + ", expected a whole number");
        }
        return value.asInt();
    }

    private static void positive(String field, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " is " + value + ", expected a positive number");
        }
    }
}
