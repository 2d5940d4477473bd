package io.personalive.animation.motion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MotionTemplatePartTest {
    /** Frame i has tokens of i, turns by i degrees and has moved by i. */
    private static MotionTemplate rolling(int frames) {
        return new MotionTemplate(IntStream.range(0, frames).mapToObj(i -> {
            float[] tokens = new float[32 * 16];
            tokens[3] = i;
            return new MotionFrame(tokens, i, 2 * i, 3 * i, new float[] {i, 0.5f * i, 0});
        }).toList(), 16, 30_000, 1001, "0123456789abcdef");
    }

    @Test
    void aPartBeginsWhereTheHeadIsThen() {
        List<MotionFrame> part = rolling(10).part(6, 3);
        assertEquals(3, part.size());
        assertArrayEquals(new float[] {0, 0, 0}, part.get(0).translation());
        assertArrayEquals(new float[] {2, 1, 0}, part.get(2).translation());
        assertEquals(8, part.get(2).pitch());
        assertEquals(4, rolling(10).part(6, Integer.MAX_VALUE).size());
    }
}
