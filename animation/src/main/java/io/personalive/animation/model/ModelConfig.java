package io.personalive.animation.model;

import io.personalive.animation.schedule.WindowShape;
import io.personalive.networks.ConfigFile;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.autoencoder.LatentConfig;
import io.personalive.networks.autoencoder.TinyAutoencoderConfig;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.networks.motion.MotionExtractorConfig;
import io.personalive.networks.pose.KeypointPictureConfig;
import io.personalive.networks.pose.PoseGuiderConfig;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.weights.CheckpointException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Sizes of all networks of a model.
 *
 * @param frameSize       side of the square frames, in pixels
 * @param window          how many frames are denoised together
 * @param schedule        how much noise there is at each timestep
 * @param keyframes       when generated frames become references
 * @param fullAutoencoder the KL autoencoder; empty where the tiny one is the model's only one
 * @param tinyAutoencoder encodes to the same latents as the full one, if both are there
 * @param imageEncoder    empty where portraits are known by their appearance alone
 * @param motionEncoder   its image size is that of the face crops, too
 * @param keypointPicture what the pose guider sees
 */
public record ModelConfig(int frameSize, WindowShape window, ScheduleConfig schedule, KeyframeConfig keyframes,
        UNetConfig unet, Optional<AutoencoderConfig> fullAutoencoder, TinyAutoencoderConfig tinyAutoencoder,
        Optional<ImageEncoderConfig> imageEncoder, MotionEncoderConfig motionEncoder,
        MotionExtractorConfig motionExtractor, PoseGuiderConfig poseGuider, KeypointPictureConfig keypointPicture) {
    /** Side of the largest frames that any model may have, in pixels. */
    static final int LARGEST_FRAME = 8192;
    private static final Map<String, ModelConfig> NAMED = new TreeMap<>(Map.of(
            "personalive", of(512, UNetConfig.of(768, 320, 640, 1280, 1280),
                    AutoencoderConfig.of(128, 256, 512, 512), ImageEncoderConfig.official()),
            "mini", of(128, UNetConfig.of(48, 32, 64, 96, 96),
                    AutoencoderConfig.of(32, 64, 64, 64), ImageEncoderConfig.mini()),
            "micro", of(128, UNetConfig.of(16, 32, 32, 32, 32),
                    AutoencoderConfig.of(32, 32, 32, 32), ImageEncoderConfig.micro())));

    /** @throws IllegalArgumentException if the networks don't fit one another */
    public ModelConfig {
        LatentConfig latents = tinyAutoencoder.latents();
        if (fullAutoencoder.isPresent() && !fullAutoencoder.get().latents().equals(latents)) {
            throw new IllegalArgumentException("the full autoencoder makes " + fullAutoencoder.get().latents()
                    + ", the tiny one " + latents + ": they must be equal");
        }
        int imageTokenWidth = imageEncoder.map(ImageEncoderConfig::projectionDim).orElse(0);
        if (unet.imageTokenWidth() != imageTokenWidth) {
            throw new IllegalArgumentException("the UNets read image tokens of width " + unet.imageTokenWidth()
                    + " (cross_attention_dim), the image encoder makes them " + imageTokenWidth
                    + " wide (projection_dim): they must be equal");
        }
        if (unet.latentChannels() != latents.channels()) {
            throw new IllegalArgumentException("the UNets work on " + unet.latentChannels()
                    + " latent channels (in_channels), the autoencoder makes " + latents.channels()
                    + " (latent_channels): they must be equal");
        }
        if (unet.motionTokenWidth() != motionEncoder.tokenWidth()) {
            throw new IllegalArgumentException("the UNets read motion tokens of width " + unet.motionTokenWidth()
                    + ", motion_encoder.token_width is " + motionEncoder.tokenWidth() + ": they must be equal");
        }
        if (unet.motionTokens() != motionEncoder.tokens()) {
            throw new IllegalArgumentException("the UNets read " + unet.motionTokens()
                    + " motion tokens, motion_encoder.tokens is " + motionEncoder.tokens() + ": they must be equal");
        }
        if (poseGuider.halvings() != latents.halvings()) {
            throw new IllegalArgumentException("pose_guider.widths is " + poseGuider.widths() + ", expected "
                    + (latents.halvings() + 1) + " widths: pose features are made at 1/"
                    + latents.factor() + " of the frame");
        }
        int last = window.timesteps().get(window.timesteps().size() - 1);
        if (last >= schedule.steps()) {
            throw new IllegalArgumentException("window.timesteps is " + window.timesteps() + ", expected all below "
                    + schedule.steps() + ", which schedule.steps is");
        }
        int drawn = Collections.max(keypointPicture.keypoints());
        if (drawn >= motionExtractor.keypoints()) {
            throw new IllegalArgumentException("keypoint_picture.keypoints has " + drawn + ", expected numbers below "
                    + motionExtractor.keypoints() + ", which motion_extractor.keypoints is");
        }
        int factor = latents.factor();
        int halvings = 1 << unet.channels().size() - 1;
        if (frameSize < 1 || frameSize > LARGEST_FRAME || frameSize % factor != 0 || frameSize / factor % halvings != 0) {
            throw new IllegalArgumentException("frame_size is " + frameSize + ", expected a multiple of "
                    + factor * halvings + " up to " + LARGEST_FRAME + " pixels: latents are made at 1/" + factor + ", and the UNets halve them " + (unet.channels().size() - 1) + " times");
        }
    }

    /** A model whose other fields are the authors'. */
    static ModelConfig of(int frameSize, UNetConfig unet, AutoencoderConfig autoencoder, ImageEncoderConfig imageEncoder) {
        return new ModelConfig(frameSize, WindowShape.OFFICIAL, ScheduleConfig.OFFICIAL, KeyframeConfig.OFFICIAL, unet,
                Optional.of(autoencoder), TinyAutoencoderConfig.of(autoencoder.latents()), Optional.of(imageEncoder),
                MotionEncoderConfig.OFFICIAL, MotionExtractorConfig.OFFICIAL, PoseGuiderConfig.OFFICIAL, KeypointPictureConfig.OFFICIAL);
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
        ImageEncoderConfig imageEncoder = ConfigFile.read(base.resolve("image_encoder/config.json"), ImageEncoderConfig::of);
        int halvings = 1 << unet.channels().size() - 1;
        if (sampleSize[0] % halvings != 0) {
            throw new CheckpointException(base.resolve("unet/config.json") + ": sample_size is " + sampleSize[0]
                    + ", expected a multiple of " + halvings + ": the UNets halve latents " + (unet.channels().size() - 1) + " times");
        }
        try {
            return of(LatentConfig.OFFICIAL.factor() * sampleSize[0], unet, autoencoder, imageEncoder);
        } catch (IllegalArgumentException apart) {
            throw new CheckpointException("the config.json files in " + folder + " don't fit one another: "
                    + apart.getMessage());
        }
    }

    /** The space in which diffusion works. */
    public LatentConfig latents() {
        return tinyAutoencoder.latents();
    }

    /**
     * Sizes of the full autoencoder.
     *
     * @throws IllegalArgumentException if there is none
     */
    public AutoencoderConfig autoencoder() {
        return fullAutoencoder.orElseThrow(() -> new IllegalArgumentException(
                "the model has no full autoencoder: its autoencoder.kind is tiny"));
    }

    /** Side of the latents of a frame. */
    public int latentSize() {
        return frameSize / latents().factor();
    }
}
