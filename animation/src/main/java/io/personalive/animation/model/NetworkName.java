package io.personalive.animation.model;

import java.util.List;

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
        return switch (this) {
            case AUTOENCODER -> config.fullAutoencoder().isPresent();
            case TINY_AUTOENCODER -> config.fullAutoencoder().isEmpty();
            case IMAGE_ENCODER -> config.imageEncoder().isPresent();
            default -> true;
        };
    }

    @Override
    public String toString() {
        return text;
    }
}
