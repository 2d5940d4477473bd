package io.personalive.cli.bench;

import java.util.List;

/**
 * What was measured of one computation.
 *
 * @param name         of the computation
 * @param milliseconds of every run after warm-up, sorted
 * @param gflop        billions of operations in one run, counted from the shapes
 */
record Timing(String name, List<Double> milliseconds, double gflop) {
    Timing {
        milliseconds = milliseconds.stream().sorted().toList();
    }

    double medianMs() {
        int count = milliseconds.size();
        return (milliseconds.get((count - 1) / 2) + milliseconds.get(count / 2)) / 2;
    }

    double fastestMs() {
        return milliseconds.get(0);
    }

    double slowestMs() {
        return milliseconds.get(milliseconds.size() - 1);
    }

    /** Billions of operations in a second, by the median. */
    double gflops() {
        return gflop / medianMs() * 1e3;
    }
}
