package io.personalive.cli.download;

import java.util.ArrayList;
import java.util.List;

/**
 * One file of the official checkpoints: where it lies on the hub and below the weights folder.
 *
 * @param repository on the hub, such as {@code stabilityai/sd-vae-ft-mse}
 * @param paths      in the repository, the best first: the first that is there is taken
 * @param folder     below the weights folder; the file keeps its name
 */
record OfficialFile(String repository, List<String> paths, String folder) {
    static final String PERSONALIVE = "huaichang/PersonaLive";
    private static final String AUTOENCODER = "stabilityai/sd-vae-ft-mse";
    private static final String IMAGE_VARIATIONS = "lambdalabs/sd-image-variations-diffusers";
    private static final String TINY_AUTOENCODER = "madebyollin/taesd";

    private static final List<String> PERSONALIVE_NETWORKS = List.of("denoising_unet", "temporal_module",
            "reference_unet", "motion_encoder", "motion_extractor", "pose_guider");

    /** @param tinyAutoencoder whether the optional tiny autoencoder is wanted too */
    static List<OfficialFile> all(boolean tinyAutoencoder) {
        List<OfficialFile> files = new ArrayList<>();
        for (String network : PERSONALIVE_NETWORKS) {
            files.add(of(PERSONALIVE, "personalive", "pretrained_weights/personalive/" + network + ".pth"));
        }
        files.add(of(AUTOENCODER, "sd-vae-ft-mse", "config.json"));
        files.add(of(AUTOENCODER, "sd-vae-ft-mse",
                "diffusion_pytorch_model.safetensors", "diffusion_pytorch_model.bin"));
        String variations = "sd-image-variations-diffusers/";
        files.add(of(IMAGE_VARIATIONS, variations + "unet", "unet/config.json"));
        files.add(of(IMAGE_VARIATIONS, variations + "unet", "unet/diffusion_pytorch_model.bin"));
        files.add(of(IMAGE_VARIATIONS, variations + "image_encoder", "image_encoder/config.json"));
        files.add(of(IMAGE_VARIATIONS, variations + "image_encoder", "image_encoder/pytorch_model.bin"));
        if (tinyAutoencoder) {
            files.add(of(TINY_AUTOENCODER, "taesd", "config.json"));
            files.add(of(TINY_AUTOENCODER, "taesd", "diffusion_pytorch_model.safetensors"));
        }
        return List.copyOf(files);
    }

    private static OfficialFile of(String repository, String folder, String... paths) {
        return new OfficialFile(repository, List.of(paths), folder);
    }

    /** @return where a file of the hub goes, relative to the weights folder, with slashes */
    String target(String path) {
        return folder + "/" + path.substring(path.lastIndexOf('/') + 1);
    }
}
