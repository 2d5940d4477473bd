package io.personalive.networks.paint;

/**
 * Sizes of the painter.
 *
 * @param head    channels at half the picture's side, where flow and colours are given out
 * @param quarter channels at a quarter of the side
 * @param eighth  channels at an eighth
 * @param deepest channels at a sixteenth
 * @param motion  channels of what the motion says to every pixel
 */
public record PaintConfig(int head, int quarter, int eighth, int deepest, int motion) {
    /** @throws IllegalArgumentException naming a width that can't be */
    public PaintConfig {
        if (head < 1 || quarter < 1 || eighth < 1 || deepest < 1 || motion < 1) {
            throw new IllegalArgumentException("a painter's widths are " + head + ", " + quarter + ", " + eighth + ", "
                    + deepest + " and " + motion + ", expected positive numbers");
        }
    }

    /** Two GFLOP a frame of 256x256. */
    public static PaintConfig nano() {
        return new PaintConfig(24, 48, 80, 128, 64);
    }
}
