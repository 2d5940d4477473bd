package io.personalive.server.session;

import java.time.Duration;

/**
 * What sessions may take.
 *
 * @param most                 sessions at a time, whatever the machine could do
 * @param leastFramesPerSecond that each is to have: where the measured speed doesn't give that many to one more, nobody
 *                             is let in; the first always is
 * @param idle                 after so long without a driving frame a session ends
 * @param drain                how long sessions may go on once the server is told to stop
 * @param mostViewers          that watch one session at a time
 */
public record SessionLimits(int most, double leastFramesPerSecond, Duration idle, Duration drain, int mostViewers) {
    /** For a machine of one's own. */
    public static final SessionLimits USUAL = new SessionLimits(8, 8, Duration.ofSeconds(60), Duration.ofSeconds(30), 8);

    /** @throws IllegalArgumentException naming the value that can't be, and what would be right */
    public SessionLimits {
        if (most < 1 || most > 10_000) {
            throw new IllegalArgumentException(most + " sessions at a time can't be: expected 1 to 10000");
        }
        if (!(leastFramesPerSecond >= 0 && leastFramesPerSecond <= 1000)) {
            throw new IllegalArgumentException("at least " + leastFramesPerSecond + " frames/s a session can't be: expected 0 to 1000");
        }
        if (idle.toMillis() < 1) {
            throw new IllegalArgumentException("an idle time of " + idle.toSeconds() + " s can't be: expected 1 s or more");
        }
        if (drain.isNegative()) {
            throw new IllegalArgumentException("a drain time of " + drain.toSeconds() + " s can't be: expected 0 s or more");
        }
        if (mostViewers < 1) {
            throw new IllegalArgumentException(mostViewers + " viewers of a session can't be: expected 1 or more");
        }
    }
}
