package io.personalive.cli.animate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.media.video.FrameRate;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EvenMotionTest {
    private static final long MILLISECOND = 1_000_000;
    private static final List<MotionFrame> FRAMES =
            IntStream.range(0, 4).mapToObj(i -> new MotionFrame(new float[512], i, 0, 0, new float[3])).toList();

    @Test
    void evenFramesStayAsTheyAre() {
        EvenMotion motion = EvenMotion.of(FRAMES, List.of(0L, 40 * MILLISECOND, 80 * MILLISECOND, 120 * MILLISECOND), FrameRate.DEFAULT);
        assertEquals(FRAMES, motion.frames());
        assertEquals(FrameRate.DEFAULT, motion.rate());
    }

    @Test
    void beforeAPauseAFrameIsRepeated() {
        EvenMotion motion = EvenMotion.of(FRAMES, List.of(0L, 40 * MILLISECOND, 240 * MILLISECOND, 280 * MILLISECOND), new FrameRate(12, 1));
        assertEquals(List.of(0f, 1f, 1f, 1f, 1f, 1f, 2f, 3f), motion.frames().stream().map(MotionFrame::pitch).toList());
        assertEquals(FrameRate.DEFAULT, motion.rate());
    }
}
