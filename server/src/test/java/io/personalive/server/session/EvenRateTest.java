package io.personalive.server.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EvenRateTest {
    private static final long MILLISECOND = 1_000_000;

    @Test
    void whatComesAtTheRateIsLetThroughHoweverItJitters() {
        EvenRate rate = new EvenRate();
        Random random = new Random(0);
        long admitted = 0;
        for (int i = 0; i < 300; i++) {
            admitted += rate.admits(i * 40 * MILLISECOND + random.nextInt(8) * MILLISECOND, 25) ? 1 : 0;
        }
        assertTrue(admitted >= 295, admitted + " of 300");
    }

    @Test
    void ofTwiceTheRateEveryOtherIsLetThrough() {
        EvenRate rate = new EvenRate();
        for (int i = 0; i < 100; i++) {
            assertEquals(i % 2 == 0, rate.admits(i * 20 * MILLISECOND, 25), "frame " + i);
        }
    }

    @Test
    void afterAPauseThereIsNoBurst() {
        EvenRate rate = new EvenRate();
        assertTrue(rate.admits(0, 10));
        long admitted = 0;
        for (int i = 0; i < 10; i++) {
            admitted += rate.admits(10_000 * MILLISECOND + i * MILLISECOND, 10) ? 1 : 0;
        }
        assertEquals(1, admitted);
    }
}
