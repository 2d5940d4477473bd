package io.personalive.networks.unet;

import io.personalive.networks.ConfigFile;
import java.util.ArrayList;
import java.util.Collections;
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

    /** Width of a motion token in all official configurations. */
    private static final int MOTION_TOKEN_WIDTH = 16;

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public UNetConfig {
        channels = List.copyOf(channels);
        for (int width : channels) {
            if (width % GROUPS != 0 || width % heads != 0) {
                throw new IllegalArgumentException("block_out_channels has " + width + ", expected multiples of "
                        + GROUPS + " groups and of " + heads + " heads");
            }
        }
        if (channels.size() < 2) {
            throw new IllegalArgumentException("block_out_channels is " + channels + ", expected two levels or more");
        }
    }

    /** The widths of a configuration whose other sizes are the official ones. */
    public static UNetConfig of(int imageTokenWidth, Integer... channels) {
        return new UNetConfig(4, List.of(channels), 2, 8, imageTokenWidth, MOTION_TOKEN_WIDTH);
    }

    /** @param config the fields of a Stable Diffusion 1.x UNet's {@code config.json} */
    public static UNetConfig of(ConfigFile config) {
        List<Integer> channels = config.positives("block_out_channels");
        config.expect("norm_num_groups", GROUPS);
        config.expect("act_fn", "silu");
        config.expect("flip_sin_to_cos", true);
        config.expect("freq_shift", 0);
        config.expect("center_input_sample", false);
        config.expect("downsample_padding", 1);
        config.expect("down_block_types", blockTypes(channels.size(), "CrossAttnDownBlock2D", "DownBlock2D", false));
        config.expect("up_block_types", blockTypes(channels.size(), "CrossAttnUpBlock2D", "UpBlock2D", true));
        return new UNetConfig(config.positive("in_channels", 4), channels, config.positive("layers_per_block", 2),
                config.positive("attention_head_dim", 8), config.positive("cross_attention_dim"), MOTION_TOKEN_WIDTH);
    }

    /** The kinds of all levels: the coarsest doesn't attend, and it comes last on the way down and first on the way up. */
    private static List<String> blockTypes(int levels, String attending, String plain, boolean plainFirst) {
        List<String> types = new ArrayList<>(Collections.nCopies(levels - 1, attending));
        types.add(plainFirst ? 0 : levels - 1, plain);
        return types;
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
