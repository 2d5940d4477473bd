package io.personalive.animation.model;

import io.personalive.networks.clip.ImageEncoderConfig;
import java.util.LinkedHashMap;
import java.util.Map;

/** A model's description as the fields of {@code model.json}. */
final class ModelFields {
    private ModelFields() {}

    static Map<String, Object> of(ModelConfig config) {
        var latents = config.latents();
        var encoder = config.motionEncoder();
        var extractor = config.motionExtractor();
        var picture = config.keypointPicture();
        return fields("frame_size", config.frameSize(),
                "window", fields("chunk_frames", config.window().chunkFrames(), "timesteps", config.window().timesteps()),
                "schedule", fields("steps", config.schedule().steps(), "first_beta", config.schedule().firstBeta(),
                        "last_beta", config.schedule().lastBeta(), "prediction", config.schedule().prediction().toString()),
                "keyframes", fields("threshold", config.keyframes().threshold(), "first_chunk", config.keyframes().firstChunk(),
                        "most", config.keyframes().most()),
                "latents", fields("factor", latents.factor(), "channels", latents.channels(), "mean", latents.mean(),
                        "deviation", latents.deviation()),
                "autoencoder", AutoencoderFields.of(config.fullAutoencoder()),
                "tiny_autoencoder", AutoencoderFields.of(config.tinyAutoencoder()),
                "image_encoder", config.imageEncoder().map(ModelFields::imageEncoder).orElse(null),
                "unet", UNetFields.of(config.unet()),
                "motion_encoder", fields("image_size", encoder.imageSize(), "widths", encoder.widths(),
                        "attention_width", encoder.attentionWidth(), "attention_heads", encoder.attentionHeads(),
                        "landmarks", encoder.landmarks(), "features", encoder.features(), "tokens", encoder.tokens(),
                        "token_width", encoder.tokenWidth()),
                "motion_extractor", fields("image_size", extractor.imageSize(), "depths", extractor.depths(),
                        "widths", extractor.widths(), "keypoints", extractor.keypoints(), "angle_bins", extractor.angleBins()),
                "pose_guider", fields("widths", config.poseGuider().widths()),
                "keypoint_picture", fields("keypoints", picture.keypoints(), "radius", picture.radius(),
                        "colours", picture.colours()));
    }

    private static Map<String, Object> imageEncoder(ImageEncoderConfig images) {
        return fields("hidden_size", images.hiddenSize(), "intermediate_size", images.intermediateSize(),
                "num_hidden_layers", images.numHiddenLayers(), "num_attention_heads", images.numAttentionHeads(),
                "patch_size", images.patchSize(), "image_size", images.imageSize(),
                "projection_dim", images.projectionDim(), "layer_norm_eps", images.layerNormEps());
    }

    /** An object of these names and values, in their order. */
    static Map<String, Object> fields(Object... namesAndValues) {
        Map<String, Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return fields;
    }
}
