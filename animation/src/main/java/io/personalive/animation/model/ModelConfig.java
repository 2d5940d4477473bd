package io.personalive.animation.model;

import io.personalive.networks.ConfigFile;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.weights.CheckpointException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sizes of all networks of a model.
 *
 * @param frameSize side of the square frames, in pixels
 */
public record ModelConfig(int frameSize, UNetConfig unet, AutoencoderConfig autoencoder,
        ImageEncoderConfig imageEncoder) {
    private static final Map<String, ModelConfig> NAMED = new TreeMap<>(Map.of(
            "personalive", new ModelConfig(512, UNetConfig.of(768, 320, 640, 1280, 1280),
                    AutoencoderConfig.of(128, 256, 512, 512), ImageEncoderConfig.official()),
            "mini", new ModelConfig(128, UNetConfig.of(48, 32, 64, 96, 96),
                    AutoencoderConfig.of(32, 64, 64, 64), ImageEncoderConfig.mini()),
            "micro", new ModelConfig(128, UNetConfig.of(16, 32, 32, 32, 32),
                    AutoencoderConfig.of(32, 32, 32, 32), ImageEncoderConfig.micro())));

    /** Pixels of a frame for one pixel of the latents, in each direction. */
    private static final int FACTOR = 8;

    /** @throws IllegalArgumentException if the networks don't fit one another */
    public ModelConfig {
        if (unet.imageTokenWidth() != imageEncoder.projectionDim()) {
            throw new IllegalArgumentException("the UNets read image tokens of width " + unet.imageTokenWidth()
                    + " (cross_attention_dim), the image encoder makes them " + imageEncoder.projectionDim()
                    + " wide (projection_dim): they must be equal");
        }
        if (unet.latentChannels() != autoencoder.latentChannels()) {
            throw new IllegalArgumentException("the UNets work on " + unet.latentChannels()
                    + " latent channels (in_channels), the autoencoder makes " + autoencoder.latentChannels()
                    + " (latent_channels): they must be equal");
        }
        if (autoencoder.factor() != FACTOR) {
            throw new IllegalArgumentException("the autoencoder's block_out_channels is " + autoencoder.channels()
                    + ", expected 4 levels: pose features are made at an eighth of the frame");
        }
        int halvings = 1 << unet.channels().size() - 1;
        if (frameSize / FACTOR % halvings != 0) {
            throw new IllegalArgumentException("sample_size is " + frameSize / FACTOR + ", expected a multiple of "
                    + halvings + ": the UNets halve the latents that often, and double them again");
        }
    }

    /**
     * @param name {@code personalive}, {@code mini} or {@code micro}
     * @return the sizes, or null for another name
     */
    public static ModelConfig named(String name) {
        return NAMED.get(name);
    }

    /** The names that {@link #named} knows. */
    public static Iterable<String> names() {
        return NAMED.keySet();
    }

    /** Reads the {@code config.json} files of a folder in the official layout. */
    public static ModelConfig read(Path folder) {
        Path base = folder.resolve("sd-image-variations-diffusers");
        int[] sampleSize = new int[1];
        UNetConfig unet = ConfigFile.read(base.resolve("unet/config.json"), config -> {
            sampleSize[0] = config.positive("sample_size");
            return UNetConfig.of(config);
        });
        AutoencoderConfig autoencoder =
                ConfigFile.read(folder.resolve("sd-vae-ft-mse/config.json"), AutoencoderConfig::of);
        ImageEncoderConfig imageEncoder = ImageEncoderConfig.read(base.resolve("image_encoder/config.json"));
        try {
            return new ModelConfig(FACTOR * sampleSize[0], unet, autoencoder, imageEncoder);
        } catch (IllegalArgumentException apart) {
            throw new CheckpointException("the config.json files in " + folder + " don't fit one another: "
                    + apart.getMessage());
        }
    }

    /** Side of the latents of a frame. */
    public int latentSize() {
        return frameSize / FACTOR;
    }
}
