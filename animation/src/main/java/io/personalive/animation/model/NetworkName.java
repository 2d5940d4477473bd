package io.personalive.animation.model;

import io.personalive.networks.autoencoder.Autoencoder;
import io.personalive.networks.autoencoder.TinyAutoencoder;
import io.personalive.networks.clip.ImageEncoder;
import io.personalive.networks.motion.MotionEncoder;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.networks.pose.PoseGuider;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.torch.weights.Requirements;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.function.Function;

/** The networks of a model, and where an official checkpoint folder keeps each. */
public enum NetworkName {
    AUTOENCODER("vae", List.of("sd-vae-ft-mse/diffusion_pytorch_model")),
    TINY_AUTOENCODER("tiny-autoencoder", List.of("taesd/diffusion_pytorch_model")),
    IMAGE_ENCODER("image-encoder", List.of("sd-image-variations-diffusers/image_encoder/pytorch_model",
            "sd-image-variations-diffusers/image_encoder/model")),
    REFERENCE_UNET("reference-unet", List.of("personalive/reference_unet")),
    DENOISING_UNET("denoising-unet", List.of("personalive/denoising_unet")),
    MOTION_ENCODER("motion-encoder", List.of("personalive/motion_encoder")),
    MOTION_EXTRACTOR("motion-extractor", List.of("personalive/motion_extractor")),
    POSE_GUIDER("pose-guider", List.of("personalive/pose_guider"));

    private final String text;
    private final List<String> files;

    NetworkName(String text, List<String> files) {
        this.text = text;
        this.files = files;
    }

    /** Where its checkpoint may lie below the folder, without the extension. */
    List<String> files() {
        return files;
    }

    /** Whether a model of this description can't do without it. */
    boolean neededBy(ModelConfig config) {
        return this != TINY_AUTOENCODER && (this != IMAGE_ENCODER || config.imageEncoder().isPresent());
    }

    /**
     * Asks the network's own class what it needs.
     *
     * @param sizes of the network
     * @return all tensors of its checkpoint
     */
    public Requirements requirements(NetworkWeights sizes) {
        Function<Weights, ?> constructor = switch (this) {
            case AUTOENCODER -> at -> new Autoencoder(at, sizes.autoencoder());
            case TINY_AUTOENCODER -> at -> new TinyAutoencoder(at, sizes.latents());
            case IMAGE_ENCODER -> at -> new ImageEncoder(at, sizes.imageEncoder());
            case REFERENCE_UNET -> at -> new ReferenceUNet(at, sizes.unet());
            case DENOISING_UNET -> at -> new DenoisingUNet(at, sizes.unet());
            case MOTION_ENCODER -> at -> new MotionEncoder(at, sizes.motionEncoder());
            case MOTION_EXTRACTOR -> at -> new MotionExtractor(at, sizes.motionExtractor());
            case POSE_GUIDER -> at -> new PoseGuider(at, sizes.poseGuider(), sizes.poseChannels());
        };
        return Weights.requirements(constructor);
    }

    @Override
    public String toString() {
        return text;
    }
}
