package io.personalive.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class HandoverTest {
    private final Handover<Integer> handover = new Handover<>(3);

    @Test
    void allArrivesInOrderHoweverLittleMayWait() {
        handover.start("giver", () -> {
            for (int i = 0; i < 1000; i++) {
                handover.put(i);
            }
        });
        for (int i = 0; i < 1000; i++) {
            assertEquals(i, handover.take());
        }
        assertNull(handover.take());
    }

    @Test
    void aGiverThatFailsIsHeardByTheTaker() {
        IllegalStateException failure = new IllegalStateException("the disk is gone");
        handover.start("giver", () -> {
            throw failure;
        });
        assertSame(failure, assertThrows(IllegalStateException.class, handover::take));
    }

    @Test
    void aTakerThatFailsIsHeardByTheGiver() {
        handover.start("taker", () -> {
            throw new OutOfMemoryError("no room");
        });
        assertThrows(OutOfMemoryError.class, () -> {
            while (handover.put(1)) {
                // goes on until the taker is found to have failed
            }
        });
    }

    @Test
    void aTakerThatStopsEndsTheGiver() {
        AtomicInteger given = new AtomicInteger();
        handover.start("giver", () -> {
            while (handover.put(1)) {
                given.incrementAndGet();
            }
        });
        assertEquals(1, handover.take());
        handover.stop();
        assertTrue(given.get() <= 4, "gave " + given);
        assertFalse(handover.put(1));
    }
}
