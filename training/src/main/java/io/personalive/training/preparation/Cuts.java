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
    /** So many times the largest change around: jump cuts had twice as much and more, the fastest motion 1.85 times. */
    private static final double AGAINST_AROUND = 1.95;
    /** Less than this is no cut, as a part of the range of values. */
    private static final double LEAST = 0.03;
    /** More than this is one whatever is around it: motion never changed as much, other scenes do. */
    private static final double CERTAIN = 0.16;

    private Cuts() {}

    /**
     * @param changes of each frame from the one before, 0 to 1; the first is 0
     * @return numbers of the first frames after a cut, ascending
     */
    static List<Integer> of(double[] changes) {
        List<Integer> cuts = new ArrayList<>();
        for (int frame = 1; frame < changes.length; frame++) {
            double change = changes[frame];
            if (change > CERTAIN || change > LEAST && change > AGAINST_AROUND * largestAround(changes, frame)) {
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
