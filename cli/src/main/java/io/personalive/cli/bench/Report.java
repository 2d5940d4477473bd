package io.personalive.cli.bench;

import java.util.Locale;

/**
 * The table that people read.
 *
 * @param peak GFLOP/s that this machine reaches at most
 */
record Report(double peak) {
    void heading(String title) {
        System.out.printf(Locale.ROOT, "%-18s %12s %22s %10s %10s %7s%n", title, "median ms", "fastest - slowest",
                "GFLOP", "GFLOP/s", "% peak");
    }

    void row(Timing timing) {
        System.out.printf(Locale.ROOT, "%-18s %12.1f %22s %10.1f %10.1f %6.0f%%%n", timing.name(), timing.medianMs(),
                String.format(Locale.ROOT, "%.1f - %.1f", timing.fastestMs(), timing.slowestMs()),
                timing.gflop(), timing.gflops(), 100 * timing.gflops() / peak);
    }
}
