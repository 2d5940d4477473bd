package io.personalive.networks.layers;

import java.util.List;

/**
 * Sizes of the network that parts a portrait into layers.
 *
 * @param widths channels at half of the portrait's side, then at a half of that, and so on; three or more
 */
public record LayerConfig(List<Integer> widths) {
    private static final int FEWEST = 3;

    /** @throws IllegalArgumentException naming what can't be, and what would be right */
    public LayerConfig {
        widths = List.copyOf(widths);
        if (widths.size() < FEWEST || widths.stream().anyMatch(channels -> channels < 1)) {
            throw new IllegalArgumentException("widths is " + widths + ", expected " + FEWEST + " or more positive whole numbers");
        }
    }

    /** 0.6 GFLOP a portrait of 256x256. */
    public static LayerConfig nano() {
        return new LayerConfig(List.of(16, 24, 48, 64, 96));
    }

    /** What a portrait's side must be a multiple of. */
    public int multiple() {
        return 1 << widths.size();
    }
}
