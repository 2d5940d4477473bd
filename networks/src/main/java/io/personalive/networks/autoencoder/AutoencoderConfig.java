package io.personalive.networks.autoencoder;

import io.personalive.networks.ConfigFile;
import java.util.List;

/**
 * Sizes of the KL autoencoder.
 *
 * @param channels       widths of the levels, finest first; each level but the last halves the picture
 * @param layersPerBlock residual blocks a level in the encoder; the decoder has one more
 * @param latentChannels channels of the latents
 */
public record AutoencoderConfig(List<Integer> channels, int layersPerBlock, int latentChannels) {
    /** What latents are multiplied by after encoding, and divided by before decoding. */
    public static final double SCALING = 0.18215;

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public AutoencoderConfig {
        channels = List.copyOf(channels);
        for (int width : channels) {
            if (width % Encoder.GROUPS != 0) {
                throw new IllegalArgumentException(
                        "block_out_channels has " + width + ", expected multiples of " + Encoder.GROUPS + " groups");
            }
        }
    }

    /** The widths of a configuration whose other sizes are the official ones. */
    public static AutoencoderConfig of(Integer... channels) {
        return new AutoencoderConfig(List.of(channels), 2, 4);
    }

    /** @param config the fields of an AutoencoderKL's {@code config.json} */
    public static AutoencoderConfig of(ConfigFile config) {
        config.expect("norm_num_groups", Encoder.GROUPS);
        config.expect("act_fn", "silu");
        config.expect("in_channels", 3);
        config.expect("out_channels", 3);
        return new AutoencoderConfig(config.positives("block_out_channels"), config.positive("layers_per_block", 2),
                config.positive("latent_channels", 4));
    }

    /** How many pixels of the picture one pixel of the latents stands for, in each direction. */
    public int factor() {
        return 1 << (channels.size() - 1);
    }
}
