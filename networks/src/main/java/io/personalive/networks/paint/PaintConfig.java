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
    /** @throws IllegalArgumentException naming the width that can't be, and what would be right */
    public PaintConfig {
        positive("head", head);
        positive("quarter", quarter);
        positive("eighth", eighth);
        positive("deepest", deepest);
        positive("motion", motion);
    }

    /** Two GFLOP a frame of 256x256. */
    public static PaintConfig nano() {
        return new PaintConfig(24, 48, 80, 128, 64);
    }

    private static void positive(String width, int channels) {
        if (channels < 1) {
            throw new IllegalArgumentException(width + " is " + channels + ", expected a positive whole number");
        }
    }
}
