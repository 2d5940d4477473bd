package io.personalive.animation.model;

import io.personalive.networks.unet.UNetConfig;
import io.personalive.networks.unet.UNetConfig.Attention;
import io.personalive.networks.unet.UNetConfig.Level;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The UNets' object in {@code model.json}: levels one by one, or, where all attend as the authors' do, just their widths
 * and a number of layers.
 */
final class UNetFields {
    private static final UNetConfig OFFICIAL = ModelConfig.named("personalive").unet();
    private static final String[] NAMES =
            {"levels", "middle", "block_out_channels", "layers_per_block", "groups", "heads"};

    private UNetFields() {}

    /** @param imageTokenWidth 0 where there is no image encoder */
    static UNetConfig read(JsonFields file, int latentChannels, int imageTokenWidth, int motionTokens, int motionTokenWidth,
            int windowFrames) {
        JsonFields at = file.object("unet", NAMES);
        Set<Attention> everything = EnumSet.allOf(Attention.class);
        if (imageTokenWidth == 0) {
            everything.remove(Attention.IMAGE);
        }
        int groups = at.size("groups", OFFICIAL.groups()), heads = at.size("heads", OFFICIAL.heads());
        return new UNetConfig(latentChannels, levels(at, everything, groups, heads), attention(at, "middle", everything),
                groups, heads, imageTokenWidth, motionTokens,
                motionTokenWidth, windowFrames);
    }

    private static List<Level> levels(JsonFields at, Set<Attention> everything, int groups, int heads) {
        if (!at.has("levels")) {
            List<Integer> channels = at.sizes("block_out_channels", OFFICIAL.channels());
            int layers = at.layers("layers_per_block", OFFICIAL.levels().get(0).layers()), last = channels.size() - 1;
            UNetConfig.checkAlike(at.path(), channels, layers, groups, heads);
            Set<Attention> coarsest = EnumSet.of(Attention.MOTION, Attention.TEMPORAL);
            return IntStream.rangeClosed(0, last)
                    .mapToObj(level -> new Level(channels.get(level), layers, level < last ? everything : coarsest)).toList();
        }
        for (String other : List.of("block_out_channels", "layers_per_block")) {
            if (at.has(other)) {
                throw new IllegalArgumentException(
                        "unet." + other + " is given beside unet.levels, expected one of them: levels say it all");
            }
        }
        List<Level> levels = new ArrayList<>();
        for (JsonFields level : at.objects("levels", "channels", "layers", "attention")) {
            levels.add(new Level(level.size("channels"), level.layers("layers", 2), attention(level, "attention", everything)));
        }
        return levels;
    }

    private static Set<Attention> attention(JsonFields at, String field, Set<Attention> usual) {
        Set<Attention> kinds = EnumSet.noneOf(Attention.class);
        for (String name : at.texts(field, names(usual))) {
            boolean added = kinds.add(EnumSet.allOf(Attention.class).stream().filter(kind -> kind.toString().equals(name)).findFirst()
                    .orElseThrow(() -> new IllegalArgumentException(at.path() + field + " has " + name + ", expected "
                            + String.join(", ", names(EnumSet.allOf(Attention.class))))));
            if (!added) {
                throw new IllegalArgumentException(at.path() + field + " has " + name + " twice, expected each once");
            }
        }
        return kinds;
    }

    /** Every field. */
    static Map<String, Object> of(UNetConfig config) {
        return ModelFields.fields("levels", config.levels().stream().map(level -> ModelFields.fields("channels",
                        level.channels(), "layers", level.layers(), "attention", names(level.attention()))).toList(),
                "middle", names(config.middle()), "groups", config.groups(), "heads", config.heads());
    }

    private static List<String> names(Set<Attention> kinds) {
        return kinds.stream().map(Attention::toString).collect(Collectors.toList());
    }
}
