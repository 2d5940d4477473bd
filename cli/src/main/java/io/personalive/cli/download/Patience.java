package io.personalive.cli.download;

import java.time.Duration;

/**
 * How long a download waits, and how often it tries.
 *
 * @param connect    until a connection stands
 * @param silence    without a byte, until a connection counts as dropped
 * @param attempts   in a row without any progress, before giving up
 * @param firstPause before the second attempt; doubles at each further one
 */
record Patience(Duration connect, Duration silence, int attempts, Duration firstPause) {
    static final Patience USUAL = new Patience(Duration.ofSeconds(20), Duration.ofSeconds(60), 6, Duration.ofSeconds(1));
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(2);

    /** @param failures so far in a row, from 1 */
    Duration pause(int failures) {
        return shorter(firstPause.multipliedBy(1L << Math.min(failures - 1, 20)));
    }

    /** @param asked by the server, which is not waited for longer than two minutes */
    static Duration shorter(Duration asked) {
        return asked.compareTo(LONGEST_PAUSE) < 0 ? asked : LONGEST_PAUSE;
    }
}
