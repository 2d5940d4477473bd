package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.WindowShape;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OfflineAnimationTest {
    /** Two noise levels only, for speed. */
    private static final WindowShape SHORT = new WindowShape(4, List.of(0, 333));

    private static AnimationModel model;
    private static Portrait portrait;

    @BeforeAll
    static void load() {
        model = Micro.load();
        portrait = model.portrait(Micro.picture(1));
    }

    @AfterAll
    static void close() {
        Micro.close(model, portrait);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 4, 5, 13, 30})
    void everyDrivingFrameIsAnswered(int length) {
        assertEquals(length, render(Motions.random(1, length), SHORT).size());
    }

    @Test
    void theRunInIsDropped() {
        List<MotionFrame> motion = Motions.random(1, 16);
        List<BufferedImage> live = new ArrayList<>();
        try (AnimationStream stream = model.stream(portrait, StreamOptions.seeded(7))) {
            for (int from = 0; from < 16; from += 4) {
                try (Chunk chunk = stream.push(motion.subList(from, from + 4))) {
                    live.addAll(chunk.frames());
                }
            }
        }

        List<BufferedImage> rendered = render(motion, WindowShape.OFFICIAL);

        // the first driving frame's answer comes out when the fourth micro-chunk enters
        assertTrue(Arrays.equals(pixels(live.get(12)), pixels(rendered.get(0))));
    }

    @Test
    void stopsWithWhatIsDone() {
        List<BufferedImage> frames = new ArrayList<>();
        try (AnimationStream stream = new AnimationStream(model.networks(), portrait, SHORT, StreamOptions.seeded(7))) {
            var offline = new OfflineAnimation(stream, Motions.random(1, 40).iterator());

            int made = offline.render(frames::add, () -> frames.size() >= 8);

            assertEquals(8, made);
            assertEquals(8, frames.size());
        }
    }

    private static List<BufferedImage> render(List<MotionFrame> motion, WindowShape window) {
        List<BufferedImage> frames = new ArrayList<>();
        try (AnimationStream stream = new AnimationStream(model.networks(), portrait, window, StreamOptions.seeded(7))) {
            assertEquals(motion.size(), new OfflineAnimation(stream, motion.iterator()).render(frames::add, () -> false));
        }
        return frames;
    }

    private static int[] pixels(BufferedImage frame) {
        return frame.getRGB(0, 0, frame.getWidth(), frame.getHeight(), null, 0, frame.getWidth());
    }
}
