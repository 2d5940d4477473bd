package io.personalive.server.session;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** Those who were told that all is taken, in the order in which they came. Who doesn't ask again leaves the line. */
final class WaitingLine {
    /** Who comes when so many wait is not given a place. */
    private static final int LONGEST = 1000;

    private final Map<String, Long> lastAsked = new LinkedHashMap<>();
    private final long patience;
    private final LongSupplier clock;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    WaitingLine(Duration patience, LongSupplier clock) {
        this.patience = patience.toNanos();
        this.clock = clock;
    }

    /**
     * How many wait before someone.
     *
     * @param ticket what they were given when they first asked; null, or one that isn't known any more, if they weren't
     */
    int before(String ticket) {
        long now = clock.getAsLong();
        lastAsked.values().removeIf(asked -> now - asked > patience);
        int before = 0;
        for (String other : lastAsked.keySet()) {
            if (other.equals(ticket)) {
                return before;
            }
            before++;
        }
        return before;
    }

    /** Keeps someone's place, or gives them one at the end. @return their ticket; null if the line is too long */
    String keep(String ticket) {
        long now = clock.getAsLong();
        if (ticket != null && lastAsked.replace(ticket, now) != null) {
            return ticket;
        }
        if (lastAsked.size() >= LONGEST) {
            return null;
        }
        String fresh = Secret.ofBytes(12);
        lastAsked.put(fresh, now);
        return fresh;
    }

    void leave(String ticket) {
        lastAsked.remove(ticket);
    }

    int length() {
        return lastAsked.size();
    }
}
