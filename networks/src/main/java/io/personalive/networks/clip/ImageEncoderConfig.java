package io.personalive.networks.clip;

import io.personalive.networks.ConfigFile;

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

    /** @param config the fields of a CLIP vision model's {@code config.json} */
    public static ImageEncoderConfig of(ConfigFile config) {
        config.expect("hidden_act", "quick_gelu");
        config.expect("num_channels", 3);
        return new ImageEncoderConfig(config.positive("hidden_size"), config.positive("intermediate_size"),
                config.positive("num_hidden_layers"), config.positive("num_attention_heads"), config.positive("patch_size"),
                config.positive("image_size"), config.positive("projection_dim"), config.epsilon("layer_norm_eps", USUAL_EPSILON));
    }

    private static void positive(String field, int value) {
        if (value <= 0) {
            throw new IllegalArgumentException(field + " is " + value + ", expected a positive number");
        }
    }
}
