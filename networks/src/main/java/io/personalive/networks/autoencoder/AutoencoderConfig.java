package io.personalive.networks.autoencoder;

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

    public AutoencoderConfig {
        channels = List.copyOf(channels);
    }

    /** How many pixels of the picture one pixel of the latents stands for, in each direction. */
    public int factor() {
        return 1 << (channels.size() - 1);
    }
}
