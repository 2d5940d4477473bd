package io.personalive.cli.live;

import io.personalive.live.LiveCounters;
import java.util.Locale;

/** How a session goes, as a line a person reads: rates over the time since the line before. */
final class CounterLine {
    private LiveCounters before = new LiveCounters(0, 0, 0, 0, 0);
    private long then;

    /** @param now when counting began, nanoseconds */
    CounterLine(long now) {
        then = now;
    }

    /** @param now nanoseconds, after the last call's */
    String of(LiveCounters counters, long now) {
        double seconds = Math.max(1e-3, (now - then) / 1e9);
        String line = String.format(Locale.ROOT, "%.1f frames/s in, %.1f out, %d of %d left out, latency %.0f ms",
                (counters.framesIn() - before.framesIn()) / seconds, (counters.framesOut() - before.framesOut()) / seconds,
                counters.framesDropped(), counters.framesIn(), counters.latencyMilliseconds());
        before = counters;
        then = now;
        return line;
    }
}
