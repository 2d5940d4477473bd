package io.personalive.networks.autoencoder;

import io.personalive.networks.ConfigFile;
import java.util.List;

/**
 * Sizes of the KL autoencoder.
 *
 * @param channels       widths of the levels, finest first; each level but the last halves the picture
 * @param layersPerBlock residual blocks a level in the encoder; the decoder has one more
 * @param groups         of every group norm
 * @param latents        what it encodes to
 */
public record AutoencoderConfig(List<Integer> channels, int layersPerBlock, int groups, LatentConfig latents) {
    private static final int OFFICIAL_GROUPS = 32;

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public AutoencoderConfig {
        channels = List.copyOf(channels);
        if (groups < 1) {
            throw new IllegalArgumentException("groups is " + groups + ", expected a positive whole number");
        }
        for (int width : channels) {
            if (width < 1 || width % groups != 0) {
                throw new IllegalArgumentException(
                        "block_out_channels has " + width + ", expected multiples of " + groups + " groups");
            }
        }
        if (layersPerBlock < 1) {
            throw new IllegalArgumentException("layers_per_block is " + layersPerBlock + ", expected a positive whole number");
        }
        if (channels.size() - 1 != latents.halvings()) {
            throw new IllegalArgumentException("block_out_channels is " + channels + ", expected "
                    + (latents.halvings() + 1) + " levels: latents are made at 1/" + latents.factor() + " of the frame");
        }
    }

    /** The widths of a configuration whose other sizes are the official ones. */
    public static AutoencoderConfig of(Integer... channels) {
        return new AutoencoderConfig(List.of(channels), 2, OFFICIAL_GROUPS, LatentConfig.OFFICIAL);
    }

    /** @param config the fields of an AutoencoderKL's {@code config.json} */
    public static AutoencoderConfig of(ConfigFile config) {
        config.expect("norm_num_groups", OFFICIAL_GROUPS);
        config.expect("act_fn", "silu");
        config.expect("in_channels", 3);
        config.expect("out_channels", 3);
        return new AutoencoderConfig(config.positives("block_out_channels"), config.positive("layers_per_block", 2),
                OFFICIAL_GROUPS, LatentConfig.alike(LatentConfig.OFFICIAL.factor(), config.positive("latent_channels", 4)));
    }

    /** Channels of the latents. */
    public int latentChannels() {
        return latents.channels();
    }
}
