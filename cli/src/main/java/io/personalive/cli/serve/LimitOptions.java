package io.personalive.cli.serve;

import io.personalive.server.session.SessionLimits;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What sessions may take. */
final class LimitOptions {
    @Option(names = "--sessions", paramLabel = "N", defaultValue = "8",
            description = "Sessions at a time at most; fewer where memory or speed don't suffice (default: ${DEFAULT-VALUE}).")
    private int sessions;

    @Option(names = "--least-rate", paramLabel = "R", defaultValue = "8",
            description = "Frames/s that each session is to have: nobody is let in below it, but the first always is "
                    + "(default: ${DEFAULT-VALUE}).")
    private double leastRate;

    @Option(names = "--idle", paramLabel = "S", defaultValue = "60",
            description = "After so many seconds without a driving frame a session ends (default: ${DEFAULT-VALUE}).")
    private long idleSeconds;

    @Option(names = "--drain", paramLabel = "S", defaultValue = "30",
            description = "So many seconds sessions may go on when the server is told to stop (default: ${DEFAULT-VALUE}).")
    private long drainSeconds;

    @Option(names = "--viewers", paramLabel = "N", defaultValue = "8",
            description = "Viewers of a session at a time at most (default: ${DEFAULT-VALUE}).")
    private int viewers;

    SessionLimits read() {
        return new SessionLimits(sessions, leastRate, Duration.ofSeconds(idleSeconds), Duration.ofSeconds(drainSeconds), viewers);
    }
}
