package io.personalive.animation.motion;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.networks.pose.FaceBox;
import java.util.List;
import org.junit.jupiter.api.Test;

class MotionReaderTest {
    private static final FaceBox FIRST = FaceBox.whole(128), GOOD = new FaceBox(10, 20, 90, 100),
            BETTER = new FaceBox(11, 21, 91, 101), EMPTY = new FaceBox(64, 64, 64, 64);

    @Test
    void aLostFaceIsWhereItWasLast() {
        MotionReader reader = new MotionReader(null, FIRST);

        assertEquals(List.of(GOOD, GOOD, BETTER), reader.follow(List.of(GOOD, EMPTY, BETTER)));
        assertEquals(List.of(BETTER, GOOD), reader.follow(List.of(EMPTY, GOOD)));
    }

    @Test
    void aFaceThatWasNeverFoundIsWhereThePortraitsIs() {
        assertEquals(List.of(FIRST, FIRST, GOOD), new MotionReader(null, FIRST).follow(List.of(EMPTY, EMPTY, GOOD)));
    }
}
