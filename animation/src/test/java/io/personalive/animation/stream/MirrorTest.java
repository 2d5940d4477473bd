package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.motion.MotionFrame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MirrorTest {
    private static final int CHUNK = 4, REACH = 20;

    @Test
    void theLastFrameIsNotRepeated() {
        assertEquals(List.of(0, 1, 2, 3, 4, 3, 2, 1, 0, 1, 2, 3), played(5, 12));
    }

    @Test
    void aSingleFrameStays() {
        assertEquals(List.of(0, 0, 0, 0, 0, 0, 0, 0), played(1, 8));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 13, 16, 17, 30, 203})
    void reflectsWithPeriodTwiceTheLengthLessTwo(int length) {
        // as far as rendering goes: the last micro-chunk is filled, then the window is flushed
        int padded = (length + 3) / 4 * 4 + 12;

        List<Integer> expected = IntStream.range(0, padded).map(i -> {
            int phase = i % (2 * (length - 1));
            return Math.min(phase, 2 * (length - 1) - phase);
        }).boxed().toList();
        assertEquals(expected, played(length, padded));
    }

    @Test
    void nothingIsPlayedOfNothing() {
        Mirror mirror = new Mirror(List.<MotionFrame>of().iterator(), REACH);

        assertTrue(mirror.frames(0, CHUNK).isEmpty());
        assertEquals(0, mirror.length());
    }

    @Test
    void nothingIsAskedForBeforeItIsNeeded() {
        Mirror mirror = new Mirror(IntStream.range(0, 8).mapToObj(Motions::numbered).iterator(), REACH);

        mirror.frames(0, CHUNK);
        assertEquals(-1, mirror.length());
        mirror.frames(CHUNK, CHUNK);
        assertEquals(-1, mirror.length());
        mirror.frames(2 * CHUNK, CHUNK);
        assertEquals(8, mirror.length());
    }

    private static List<Integer> played(int length, int count) {
        Mirror mirror = new Mirror(IntStream.range(0, length).mapToObj(Motions::numbered).iterator(), REACH);
        List<Integer> played = new ArrayList<>();
        for (int from = 0; from < count; from += CHUNK) {
            mirror.frames(from, CHUNK).forEach(frame -> played.add((int) frame.pitch()));
        }
        return played;
    }
}
