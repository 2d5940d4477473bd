package io.personalive.networks.unet;

import io.personalive.networks.ConfigFile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Sizes of the reference and the denoising UNet.
 *
 * @param latentChannels   channels of the latents
 * @param levels           finest first; all but the last halve the latents
 * @param middle           what stands between the two residual blocks of the middle, which is as wide as the last level
 * @param groups           of every group norm
 * @param heads            attention heads, everywhere
 * @param imageTokenWidth  width of the image encoder's token; 0 where there is no image encoder
 * @param motionTokens     number of motion tokens of a frame
 * @param motionTokenWidth width of a motion token
 * @param windowFrames     frames of the longest window: those that there are position codes for, 32 at least
 */
public record UNetConfig(int latentChannels, List<Level> levels, Set<Attention> middle, int groups, int heads,
        int imageTokenWidth, int motionTokens, int motionTokenWidth, int windowFrames) {
    /** Frames that the position code of official checkpoints has room for; there are never fewer. */
    private static final int POSITIONS = 32;
    /** Each halves the latents: more would need frames larger than any. */
    private static final int MOST_LEVELS = 8;
    private static final int OFFICIAL_GROUPS = 32, OFFICIAL_LAYERS = 2, OFFICIAL_HEADS = 8;

    /** What may stand after a residual block, in this order. */
    public enum Attention {
        /** A spatial transformer, whose self-attention reads the appearance bank. */
        SELF,
        /** The spatial transformer's attention to the image token. */
        IMAGE,
        /** A motion module. */
        MOTION,
        /** A temporal module. */
        TEMPORAL;

        /** As files have it: {@code self}. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * One resolution.
     *
     * @param channels  its width
     * @param layers    on the way down; one more on the way up
     * @param attention what follows each of its residual blocks
     */
    public record Level(int channels, int layers, Set<Attention> attention) {
        public Level {
            attention = copy(attention);
        }
    }

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public UNetConfig {
        levels = List.copyOf(levels);
        middle = copy(middle);
        positive("unet.latentChannels", latentChannels);
        positive("unet.groups", groups);
        positive("unet.heads", heads);
        positive("unet.motionTokens", motionTokens);
        positive("unet.motionTokenWidth", motionTokenWidth);
        positive("unet.windowFrames", windowFrames);
        windowFrames = Math.max(POSITIONS, windowFrames);
        if (imageTokenWidth < 0) {
            throw new IllegalArgumentException("unet.imageTokenWidth is " + imageTokenWidth
                    + ", expected a positive whole number, or 0 where there is no image encoder");
        }
        if (levels.isEmpty() || levels.size() > MOST_LEVELS) {
            throw new IllegalArgumentException("unet.levels has " + levels.size() + " levels, expected 1 to " + MOST_LEVELS);
        }
        for (int i = 0; i < levels.size(); i++) {
            Level level = levels.get(i);
            String at = "unet.levels[" + i + "]";
            positive(at + ".layers", level.layers());
            positive(at + ".channels", level.channels());
            divides(at + ".channels", level.channels(), "unet.groups", groups);
            check(at + ".attention", level.attention(), imageTokenWidth);
            if (!level.attention().isEmpty()) {
                divides(at + ".channels", level.channels(), "unet.heads", heads);
            }
        }
        int first = levels.get(0).channels(), last = levels.get(levels.size() - 1).channels();
        if (first % 2 != 0) {
            throw new IllegalArgumentException("unet.levels[0].channels is " + first
                    + ", expected an even number: timesteps are as many sines as cosines");
        }
        check("unet.middle", middle, imageTokenWidth);
        if (!middle.isEmpty()) {
            divides("unet.levels[" + (levels.size() - 1) + "].channels", last, "unet.heads", heads);
        }
    }

    /** The widths of a configuration whose other sizes are the official ones. */
    public static UNetConfig of(int imageTokenWidth, Integer... channels) {
        return official(4, List.of(channels), OFFICIAL_LAYERS, OFFICIAL_HEADS, imageTokenWidth);
    }

    /** @param config the fields of a Stable Diffusion 1.x UNet's {@code config.json} */
    public static UNetConfig of(ConfigFile config) {
        List<Integer> channels = config.positives("block_out_channels");
        config.expect("norm_num_groups", OFFICIAL_GROUPS);
        config.expect("act_fn", "silu");
        config.expect("flip_sin_to_cos", true);
        config.expect("freq_shift", 0);
        config.expect("center_input_sample", false);
        config.expect("downsample_padding", 1);
        config.expect("down_block_types", blockTypes(channels.size(), "CrossAttnDownBlock2D", "DownBlock2D", false));
        config.expect("up_block_types", blockTypes(channels.size(), "CrossAttnUpBlock2D", "UpBlock2D", true));
        int heads = config.positive("attention_head_dim", OFFICIAL_HEADS);
        int layers = config.positive("layers_per_block", OFFICIAL_LAYERS);
        checkAlike("", channels, layers, OFFICIAL_GROUPS, heads);
        return official(config.positive("in_channels", 4), channels, layers, heads, config.positive("cross_attention_dim"));
    }

    /**
     * Refuses what levels that all attend can't be, in the words of a file that gives just their widths.
     *
     * @param at     the fields' place in the file, with a dot behind; empty for the file's own
     * @param layers of each level on the way down
     * @throws IllegalArgumentException naming the field that can't be, its value and what would be right
     */
    public static void checkAlike(String at, List<Integer> channels, int layers, int groups, int heads) {
        positive(at + "groups", groups);
        positive(at + "heads", heads);
        positive(at + "layers_per_block", layers);
        if (channels.isEmpty() || channels.size() > MOST_LEVELS) {
            throw new IllegalArgumentException(at + "block_out_channels is " + channels
                    + ", expected one width a level, 1 to " + MOST_LEVELS);
        }
        for (int width : channels) {
            if (width < 1 || width % groups != 0 || width % heads != 0) {
                throw new IllegalArgumentException(at + "block_out_channels has " + width + ", expected multiples of "
                        + groups + " groups and of " + heads + " heads");
            }
        }
    }

    /** Attention of every kind everywhere, but no spatial transformers at the coarsest level. */
    private static UNetConfig official(int latentChannels, List<Integer> channels, int layers, int heads,
            int imageTokenWidth) {
        Set<Attention> all = EnumSet.allOf(Attention.class);
        Set<Attention> coarsest = EnumSet.of(Attention.MOTION, Attention.TEMPORAL);
        int last = channels.size() - 1;
        List<Level> levels = IntStream.rangeClosed(0, last)
                .mapToObj(level -> new Level(channels.get(level), layers, level < last ? all : coarsest)).toList();
        return new UNetConfig(latentChannels, levels, all, OFFICIAL_GROUPS, heads, imageTokenWidth, 32, 16, POSITIONS);
    }

    /** The kinds of all levels: the coarsest doesn't attend, and it comes last on the way down and first on the way up. */
    private static List<String> blockTypes(int levels, String attending, String plain, boolean plainFirst) {
        List<String> types = new ArrayList<>(Collections.nCopies(levels - 1, attending));
        types.add(plainFirst ? 0 : levels - 1, plain);
        return types;
    }

    /** Widths of the levels, finest first. */
    public List<Integer> channels() {
        return levels.stream().map(Level::channels).toList();
    }

    /** How many spatial transformers there are, each with its entry in the appearance bank. */
    public int attentionBlocks() {
        int inLevels = levels.stream().filter(level -> level.attention().contains(Attention.SELF))
                .mapToInt(level -> 2 * level.layers() + 1).sum();
        return inLevels + (middle.contains(Attention.SELF) ? 1 : 0);
    }

    /** Whether any spatial transformer reads the image token. */
    public boolean readsImage() {
        return anywhere(Attention.IMAGE);
    }

    /** Frames that a window may have at most. */
    public int longestWindow() {
        return anywhere(Attention.TEMPORAL) ? windowFrames : Integer.MAX_VALUE;
    }

    /** Width of the time embedding. */
    int timeWidth() {
        return 4 * levels.get(0).channels();
    }

    private boolean anywhere(Attention kind) {
        return middle.contains(kind) || levels.stream().anyMatch(level -> level.attention().contains(kind));
    }

    private static Set<Attention> copy(Set<Attention> kinds) {
        Set<Attention> ordered = EnumSet.noneOf(Attention.class);
        ordered.addAll(kinds);
        return Collections.unmodifiableSet(ordered);
    }

    private static void check(String field, Set<Attention> kinds, int imageTokenWidth) {
        if (!kinds.contains(Attention.IMAGE)) {
            return;
        }
        if (!kinds.contains(Attention.SELF)) {
            throw new IllegalArgumentException(field + " is " + kinds + ", expected self beside image: "
                    + "attention to the image token is a part of the spatial transformer");
        }
        if (imageTokenWidth == 0) {
            throw new IllegalArgumentException(field + " is " + kinds + ", expected no image: "
                    + "there is no image encoder");
        }
    }

    private static void positive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(field + " is " + value + ", expected a positive whole number");
        }
    }

    private static void divides(String field, int value, String divisorField, int divisor) {
        if (value % divisor != 0) {
            throw new IllegalArgumentException(field + " is " + value + ", expected a multiple of " + divisorField
                    + ", which is " + divisor);
        }
    }
}
