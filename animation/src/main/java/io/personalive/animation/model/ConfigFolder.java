package io.personalive.animation.model;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.unet.UNetConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes the {@code config.json} files of a folder in the official layout: what {@link ModelConfig#read} reads. */
final class ConfigFolder {
    private ConfigFolder() {}

    /**
     * @param folder made where it isn't there; files of these names are replaced
     * @param config with an image encoder
     */
    static void write(Path folder, ModelConfig config) throws IOException {
        write(folder.resolve("sd-image-variations-diffusers/unet"), unet(config));
        write(folder.resolve("sd-image-variations-diffusers/image_encoder"), imageEncoder(config.imageEncoder().orElseThrow()));
        write(folder.resolve("sd-vae-ft-mse"), autoencoder(config.autoencoder()));
    }

    private static Map<String, Object> unet(ModelConfig config) {
        UNetConfig unet = config.unet();
        int plain = unet.channels().size() - 1;
        List<String> down = new ArrayList<>(Collections.nCopies(plain, "CrossAttnDownBlock2D"));
        down.add("DownBlock2D");
        List<String> up = new ArrayList<>(Collections.nCopies(plain, "CrossAttnUpBlock2D"));
        up.add(0, "UpBlock2D");
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("_class_name", "UNet2DConditionModel");
        fields.put("sample_size", config.latentSize());
        fields.put("in_channels", unet.latentChannels());
        fields.put("out_channels", unet.latentChannels());
        fields.put("center_input_sample", false);
        fields.put("flip_sin_to_cos", true);
        fields.put("freq_shift", 0);
        fields.put("down_block_types", down);
        fields.put("up_block_types", up);
        fields.put("block_out_channels", unet.channels());
        fields.put("layers_per_block", unet.levels().get(0).layers());
        fields.put("downsample_padding", 1);
        fields.put("mid_block_scale_factor", 1);
        fields.put("act_fn", "silu");
        fields.put("norm_num_groups", 32);
        fields.put("norm_eps", 1e-5);
        fields.put("cross_attention_dim", unet.imageTokenWidth());
        fields.put("attention_head_dim", unet.heads());
        return fields;
    }

    private static Map<String, Object> autoencoder(AutoencoderConfig config) {
        int levels = config.channels().size();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("_class_name", "AutoencoderKL");
        fields.put("in_channels", 3);
        fields.put("out_channels", 3);
        fields.put("down_block_types", Collections.nCopies(levels, "DownEncoderBlock2D"));
        fields.put("up_block_types", Collections.nCopies(levels, "UpDecoderBlock2D"));
        fields.put("block_out_channels", config.channels());
        fields.put("layers_per_block", config.layersPerBlock());
        fields.put("act_fn", "silu");
        fields.put("latent_channels", config.latentChannels());
        fields.put("norm_num_groups", 32);
        return fields;
    }

    private static Map<String, Object> imageEncoder(ImageEncoderConfig config) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("architectures", List.of("CLIPVisionModelWithProjection"));
        fields.put("model_type", "clip_vision_model");
        fields.put("hidden_size", config.hiddenSize());
        fields.put("intermediate_size", config.intermediateSize());
        fields.put("num_hidden_layers", config.numHiddenLayers());
        fields.put("num_attention_heads", config.numAttentionHeads());
        fields.put("num_channels", 3);
        fields.put("patch_size", config.patchSize());
        fields.put("image_size", config.imageSize());
        fields.put("projection_dim", config.projectionDim());
        fields.put("hidden_act", "quick_gelu");
        fields.put("layer_norm_eps", config.layerNormEps());
        return fields;
    }

    private static void write(Path folder, Map<String, Object> fields) throws IOException {
        Files.createDirectories(folder);
        new ObjectMapper().writerWithDefaultPrettyPrinter().writeValue(folder.resolve("config.json").toFile(), fields);
    }
}
