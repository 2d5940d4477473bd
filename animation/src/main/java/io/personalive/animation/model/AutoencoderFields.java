package io.personalive.animation.model;

import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.autoencoder.LatentConfig;
import io.personalive.networks.autoencoder.TinyAutoencoderConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The autoencoders' objects in {@code model.json}: which kind the model can't do without, and the sizes of either. */
final class AutoencoderFields {
    private static final ModelConfig OFFICIAL = ModelConfig.named("personalive");
    private static final String FULL = "kl", TINY = "tiny";

    private AutoencoderFields() {}

    /** @return sizes of the full autoencoder; empty where the model's kind is the tiny one */
    static Optional<AutoencoderConfig> full(JsonFields file, LatentConfig latents) {
        JsonFields at = file.object("autoencoder", "kind", "block_out_channels", "layers_per_block", "groups");
        if (at.choice("kind", FULL, List.of(FULL, TINY)).equals(TINY)) {
            for (String field : List.of("block_out_channels", "layers_per_block", "groups")) {
                if (at.has(field)) {
                    throw new IllegalArgumentException("autoencoder." + field + " is given beside autoencoder.kind \"" + TINY
                            + "\", expected tiny_autoencoder.width and .blocks instead");
                }
            }
            return Optional.empty();
        }
        AutoencoderConfig usual = OFFICIAL.autoencoder();
        List<Integer> channels = at.sizes("block_out_channels", usual.channels());
        int layers = at.layers("layers_per_block", usual.layersPerBlock()), groups = at.size("groups", usual.groups());
        return Optional.of(at.placed(() -> new AutoencoderConfig(channels, layers, groups, latents)));
    }

    static TinyAutoencoderConfig tiny(JsonFields file, LatentConfig latents) {
        JsonFields at = file.object("tiny_autoencoder", "width", "blocks");
        TinyAutoencoderConfig usual = TinyAutoencoderConfig.of(latents);
        return new TinyAutoencoderConfig(at.size("width", usual.width()), at.layers("blocks", usual.blocks()), latents);
    }

    /** Every field of the first object. */
    static Map<String, Object> of(Optional<AutoencoderConfig> full) {
        return full.map(config -> ModelFields.fields("kind", FULL, "block_out_channels", config.channels(),
                "layers_per_block", config.layersPerBlock(), "groups", config.groups())).orElseGet(() -> ModelFields.fields("kind", TINY));
    }

    /** Every field of the second. */
    static Map<String, Object> of(TinyAutoencoderConfig tiny) {
        return ModelFields.fields("width", tiny.width(), "blocks", tiny.blocks());
    }
}
