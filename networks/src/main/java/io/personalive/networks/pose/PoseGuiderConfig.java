package io.personalive.networks.pose;

import java.util.List;

/**
 * Sizes of the pose guider.
 *
 * @param widths of its convolutions, finest first; each but the first halves the picture
 */
public record PoseGuiderConfig(List<Integer> widths) {
    /** The authors'. */
    public static final PoseGuiderConfig OFFICIAL = new PoseGuiderConfig(List.of(16, 32, 96, 256));

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public PoseGuiderConfig {
        widths = List.copyOf(widths);
        if (widths.isEmpty() || widths.stream().anyMatch(width -> width < 1)) {
            throw new IllegalArgumentException("pose_guider.widths is " + widths
                    + ", expected positive whole numbers, one more than the latents' halvings");
        }
    }

    /** How often it halves the picture. */
    public int halvings() {
        return widths.size() - 1;
    }
}
