package io.personalive.animation.model;

import java.util.Map;

/**
 * The historical keyframe mechanism.
 *
 * @param threshold  distance of motion tokens beyond which a frame is new enough; the paper's tau
 * @param firstChunk number (from 0) of the first micro-chunk at which a frame may become a keyframe
 * @param most       keyframes that are kept at most
 */
public record KeyframeConfig(double threshold, int firstChunk, int most) {
    /** The authors' rule. */
    public static final KeyframeConfig OFFICIAL = new KeyframeConfig(17, 9, 3);

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public KeyframeConfig {
        if (!(threshold >= 0)) {
            throw new IllegalArgumentException("keyframes.threshold is " + threshold + ", expected 0 or more");
        }
        if (firstChunk < 0) {
            throw new IllegalArgumentException("keyframes.first_chunk is " + firstChunk + ", expected 0 or more");
        }
        if (most < 0) {
            throw new IllegalArgumentException("keyframes.most is " + most + ", expected 0 or more");
        }
    }

    /**
     * This rule, but for what a recorded stream says otherwise.
     *
     * @param metadata may hold {@code keyframe_threshold}, and {@code keyframe_after}: the micro-chunk before the first that counts
     * @throws IllegalArgumentException if one of them is no number
     */
    public KeyframeConfig with(Map<String, String> metadata) {
        try {
            return new KeyframeConfig(Double.parseDouble(metadata.getOrDefault("keyframe_threshold", "" + threshold)),
                    Integer.parseInt(metadata.getOrDefault("keyframe_after", "" + (firstChunk - 1))) + 1, most);
        } catch (NumberFormatException wrong) {
            throw new IllegalArgumentException("keyframe_threshold or keyframe_after is no number: " + wrong.getMessage(), wrong);
        }
    }
}
