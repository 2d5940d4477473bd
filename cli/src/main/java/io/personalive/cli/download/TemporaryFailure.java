package io.personalive.cli.download;

import java.io.IOException;
import java.time.Duration;

/** A failure that may be gone at the next attempt: a dropped connection, a server that is busy. */
final class TemporaryFailure extends IOException {
    private static final long serialVersionUID = 1L;

    /** How long the server asked to wait; null where it didn't say. */
    private final transient Duration wait;

    TemporaryFailure(String message, Duration wait) {
        super(message);
        this.wait = wait;
    }

    /** @param failures so far in a row, from 1 */
    Duration pause(Patience patience, int failures) {
        return wait != null ? Patience.shorter(wait) : patience.pause(failures);
    }
}
