package io.personalive.networks.unet;

import java.util.List;

/**
 * Sizes of the reference and the denoising UNet.
 *
 * @param latentChannels      channels of the latents
 * @param channels            widths of the levels, finest first; all but the last attend, all but the last halve
 * @param layersPerBlock      layers a level on the way down; one more on the way up
 * @param heads               attention heads, everywhere
 * @param imageTokenWidth     width of the image encoder's token
 * @param motionTokenWidth    width of a motion token
 */
public record UNetConfig(int latentChannels, List<Integer> channels, int layersPerBlock, int heads,
        int imageTokenWidth, int motionTokenWidth) {
    /** Groups of every group norm. */
    static final int GROUPS = 32;

    public UNetConfig {
        channels = List.copyOf(channels);
    }

    /** Width of the time embedding. */
    int timeWidth() {
        return 4 * channels.get(0);
    }

    /** Whether a level attends; the coarsest does not. */
    boolean attends(int level) {
        return level < channels.size() - 1;
    }

    /** How many spatial transformers there are, each with its entry in the appearance bank. */
    public int attentionBlocks() {
        return (channels.size() - 1) * (2 * layersPerBlock + 1) + 1;
    }
}
