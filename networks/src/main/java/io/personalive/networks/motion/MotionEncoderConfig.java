package io.personalive.networks.motion;

import java.util.List;

/**
 * Sizes of the motion encoder.
 *
 * @param imageSize      side of a face's picture, in pixels
 * @param widths         after the first convolution, after the first block, and from the third on
 * @param attentionWidth width of the self-attention between patches
 * @param attentionHeads its heads
 * @param landmarks      maps that the last stage draws
 * @param features       numbers that describe a face
 * @param tokens         motion tokens of a face
 * @param tokenWidth     numbers in a token
 */
public record MotionEncoderConfig(int imageSize, List<Integer> widths, int attentionWidth, int attentionHeads,
        int landmarks, int features, int tokens, int tokenWidth) {
    /** The authors'. */
    public static final MotionEncoderConfig OFFICIAL =
            new MotionEncoderConfig(224, List.of(64, 128, 256), 1024, 8, 68, 512, 32, 16);

    /** Pixels of the picture for one patch, in each direction. */
    private static final int PATCH_PIXELS = 8;
    /** The hourglass halves a quarter of the picture so often. */
    static final int HOURGLASS_DEPTH = 4;
    private static final int WIDTHS = 3, SMALLEST = 4 << HOURGLASS_DEPTH, LARGEST_PATCH = 16;

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public MotionEncoderConfig {
        widths = List.copyOf(widths);
        if (imageSize % PATCH_PIXELS != 0 || imageSize < SMALLEST || imageSize > 1024) {
            throw wrong("image_size", imageSize, "a multiple of " + PATCH_PIXELS + " from " + SMALLEST + " to 1024 pixels");
        }
        if (widths.size() != WIDTHS || widths.get(0) < 1
                || widths.stream().skip(1).anyMatch(width -> width < 1 || width % PatchSelfAttention.GROUPS != 0)) {
            throw wrong("widths", widths, "three widths, the last two multiples of " + PatchSelfAttention.GROUPS + " groups");
        }
        if (attentionHeads < 1) {
            throw wrong("attention_heads", attentionHeads, "a positive whole number");
        }
        if (attentionWidth < 1 || attentionWidth % LARGEST_PATCH != 0 || attentionWidth % attentionHeads != 0) {
            throw wrong("attention_width", attentionWidth, "a multiple of " + LARGEST_PATCH + " and of the "
                    + attentionHeads + " heads");
        }
        positive("landmarks", landmarks);
        positive("features", features);
        positive("tokens", tokens);
        if (tokenWidth < 2 || tokenWidth % 2 != 0) {
            throw wrong("token_width", tokenWidth, "an even number: sines and cosines code a token's place");
        }
    }

    /** Patches in a row. */
    int grid() {
        return imageSize / PATCH_PIXELS;
    }

    private static void positive(String field, int value) {
        if (value < 1) {
            throw wrong(field, value, "a positive whole number");
        }
    }

    private static IllegalArgumentException wrong(String field, Object value, String right) {
        return new IllegalArgumentException("motion_encoder." + field + " is " + value + ", expected " + right);
    }
}
