package io.personalive.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class WaitingLineTest {
    private final AtomicLong clock = new AtomicLong();
    private final WaitingLine line = new WaitingLine(Duration.ofSeconds(20), clock::get);

    private void pass(int seconds) {
        clock.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    @Test
    void placesAreKeptInTheOrderOfComing() {
        String first = line.keep(null);
        String second = line.keep(null);
        assertEquals(first, line.keep(first), "asking again doesn't lose the place");
        assertEquals(0, line.before(first));
        assertEquals(1, line.before(second));
        assertEquals(2, line.before(null));
        line.leave(first);
        assertEquals(0, line.before(second));
    }

    @Test
    void whoDoesNotAskAgainHasLeft() {
        String first = line.keep(null);
        pass(15);
        String second = line.keep(null);
        pass(10);
        assertEquals(0, line.before(second));
        assertEquals(1, line.before(first), "too late: the place is gone");
    }

    @Test
    void aTicketOfOnesOwnMakingIsNone() {
        line.keep(null);
        assertEquals(1, line.before("made up"));
        assertNotEquals("made up", line.keep("made up"));
    }

    @Test
    void theLineDoesNotGrowForEver() {
        for (int i = 0; i < 1000; i++) {
            assertNotNull(line.keep(null));
        }
        assertNull(line.keep(null));
        pass(21);
        line.before(null);
        assertNotNull(line.keep(null));
    }
}
