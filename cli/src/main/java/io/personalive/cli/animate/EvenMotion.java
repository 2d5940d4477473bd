package io.personalive.cli.animate;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.media.video.FrameRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Motion at a constant rate, as a template holds it.
 *
 * @param frames at least one
 * @param rate   of these
 */
record EvenMotion(List<MotionFrame> frames, FrameRate rate) {
    /** Slow motion is not taken for a pause between fast frames. */
    private static final double FASTEST = 240;

    /**
     * Of frames whose times are uneven, as in a recording that pauses, each is repeated until the next one's time; the rate is
     * then that of the nearest two.
     *
     * @param nanoseconds of each frame, rising
     * @param average     the rate if they are even
     */
    static EvenMotion of(List<MotionFrame> frames, List<Long> nanoseconds, FrameRate average) {
        long nearest = Long.MAX_VALUE;
        boolean even = true;
        for (int i = 1; i < frames.size(); i++) {
            nearest = Math.min(nearest, nanoseconds.get(i) - nanoseconds.get(i - 1));
            even &= average.frames(nanoseconds.get(i) / 1e9) == i;
        }
        if (even) {
            return new EvenMotion(List.copyOf(frames), average);
        }
        FrameRate rate = FrameRate.parse(String.format(Locale.ROOT, "%.3f", Math.max(1, Math.min(FASTEST, 1e9 / Math.max(1, nearest)))));
        List<MotionFrame> repeated = new ArrayList<>();
        for (int i = 0; i < frames.size(); i++) {
            long until = i + 1 < frames.size() ? rate.frames(nanoseconds.get(i + 1) / 1e9) : repeated.size() + 1;
            while (repeated.size() < until) {
                repeated.add(frames.get(i));
            }
        }
        return new EvenMotion(repeated, rate);
    }
}
