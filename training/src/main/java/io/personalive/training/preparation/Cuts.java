package io.personalive.training.preparation;

import java.util.ArrayList;
import java.util.List;

/**
 * Where one scene ends and the next begins, jump cuts inside a scene included: a frame that differs from the one before
 * it far more than its neighbours do from theirs. Fast motion differs as much, but so do its neighbours.
 */
final class Cuts {
    /** Frames on either side that a change is compared with. */
    private static final int AROUND = 6;
    /** So many times the largest change around. */
    private static final double AGAINST_AROUND = 2.2;
    /** Less than this is no cut, as a part of the range of values. */
    private static final double LEAST = 0.02;

    private Cuts() {}

    /**
     * @param changes of each frame from the one before, 0 to 1; the first is 0
     * @return numbers of the first frames after a cut, ascending
     */
    static List<Integer> of(double[] changes) {
        List<Integer> cuts = new ArrayList<>();
        for (int frame = 1; frame < changes.length; frame++) {
            if (changes[frame] > LEAST && changes[frame] > AGAINST_AROUND * largestAround(changes, frame)) {
                cuts.add(frame);
            }
        }
        return cuts;
    }

    private static double largestAround(double[] changes, int frame) {
        double largest = 0;
        for (int i = Math.max(1, frame - AROUND); i <= Math.min(changes.length - 1, frame + AROUND); i++) {
            largest = i == frame ? largest : Math.max(largest, changes[i]);
        }
        return largest;
    }
}
