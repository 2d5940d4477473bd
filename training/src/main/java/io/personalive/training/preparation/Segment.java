package io.personalive.training.preparation;

/**
 * A piece of a video.
 *
 * @param first  its first frame
 * @param frames how many
 * @param flaw   why it isn't kept; null if it is
 */
record Segment(int first, int frames, Flaw flaw) {
    boolean kept() {
        return flaw == null;
    }

    /** The frame behind its last. */
    int end() {
        return first + frames;
    }
}
