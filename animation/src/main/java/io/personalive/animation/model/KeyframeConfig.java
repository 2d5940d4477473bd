package io.personalive.animation.model;

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
}
