package io.personalive.server.session;

/** Lets through at most so many a second, evenly. */
final class EvenRate {
    private static final long SECOND = 1_000_000_000L;

    private long due = Long.MIN_VALUE;

    /** @param now nanoseconds. @return whether the one that came now is let through */
    synchronized boolean admits(long now, int perSecond) {
        long period = SECOND / perSecond;
        if (due == Long.MIN_VALUE) {
            due = now;
        }
        // what comes at just that rate comes a little early at times
        if (now < due - period / 4) {
            return false;
        }
        due = Math.max(due, now - period / 2) + period;
        return true;
    }
}
