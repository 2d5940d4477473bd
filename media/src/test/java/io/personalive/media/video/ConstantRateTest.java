package io.personalive.media.video;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConstantRateTest {
    @Test
    void evenFramesPassAsTheyAre() {
        assertEquals(List.of(0, 1, 2, 3), slots(new FrameRate(30, 1), 0, 0.033, 0.067, 0.1));
    }

    @Test
    void gapsAreFilledByTheFrameBefore() {
        assertEquals(List.of(0, 0, 0, 1, 2), slots(new FrameRate(10, 1), 0, 0.3, 0.4));
    }

    @Test
    void crowdedFramesAreLeftOut() {
        assertEquals(List.of(1, 3, 4), slots(new FrameRate(10, 1), 0, 0.01, 0.08, 0.11, 0.2));
    }

    @Test
    void framesBeforeTheStartAreSkipped() {
        assertEquals(List.of(2, 3), slots(new FrameRate(10, 1), -0.2, -0.1, 0, 0.1));
    }

    @Test
    void lateFirstFrameFillsFromTheStart() {
        assertEquals(List.of(0, 0, 0, 1), slots(new FrameRate(10, 1), 0.2, 0.3));
    }

    @Test
    void brokenClockIsNotTakenForAPause() {
        assertEquals(List.of(0, 1, 2, 3), slots(new FrameRate(10, 1), 0, 0.1, 90_000, 90_000.1));
        assertEquals(List.of(0, 1, 2, 3), slots(new FrameRate(10, 1), 0, 0.1, -90_000, -89_999.9));
    }

    @Test
    void lastFrameStaysForItsDuration() {
        ConstantRate rate = new ConstantRate(new FrameRate(10, 1));
        assertEquals(0, rate.arrive(0, 0.1));
        assertEquals(1, rate.arrive(0.1, 0.5));
        assertEquals(5, rate.finish());
    }

    /** @return for each slot which of the frames fills it */
    private static List<Integer> slots(FrameRate frameRate, double... times) {
        ConstantRate rate = new ConstantRate(frameRate);
        List<Integer> slots = new ArrayList<>();
        for (int i = 0; i < times.length; i++) {
            for (long due = rate.arrive(times[i], 0); due > 0; due--) {
                slots.add(i - 1);
            }
        }
        for (long due = rate.finish(); due > 0; due--) {
            slots.add(times.length - 1);
        }
        return slots;
    }
}
