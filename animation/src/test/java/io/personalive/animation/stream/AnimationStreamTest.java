package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.model.KeyframeConfig;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.natives.testing.NativeMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnimationStreamTest {
    /** Equal but for sums in another order. */
    private static final float SAME = 1e-4f;

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

    @Test
    void aSeedGivesTheSameStreamAgainAndAnotherSeedAnother() {
        List<MotionFrame> motion = Motions.random(1, 8);

        List<float[]> first = play(7, motion);

        assertSame(first, play(7, motion));
        assertFalse(Arrays.equals(first.get(1), play(8, motion).get(1)));
    }

    @Test
    void atNoStrengthThePortraitKeepsItsOwnMotion() {
        List<MotionFrame> still = Collections.nCopies(8, portrait.motion());

        try (AnimationStream stream = model.stream(portrait, StreamOptions.seeded(7).withStrengths(0, 0))) {
            assertSame(play(7, still), Micro.play(stream, Motions.random(1, 8)));
        }
    }

    @Test
    void atHalfStrengthExpressionAndHeadGoHalfway() {
        MotionFrame rest = portrait.motion(), driver = Motions.random(1, 1).get(0);

        MotionFrame between = driver.scaled(rest, 0.5f, 0);

        assertEquals((rest.tokens()[3] + driver.tokens()[3]) / 2, between.tokens()[3], 1e-6f);
        assertEquals(rest.yaw(), between.yaw());
        assertArrayEquals(new float[3], between.translation());
    }

    @ParameterizedTest
    @ValueSource(floats = {-0.1f, 6, Float.NaN})
    void absurdStrengthsAreRefused(float strength) {
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.seeded(1).withStrengths(strength, 1));
        assertThrows(IllegalArgumentException.class, () -> StreamOptions.seeded(1).withStrengths(1, strength));
    }

    @Test
    void streamsOfTwoPortraitsDontTouchEachOther() {
        List<MotionFrame> motion = Motions.random(1, 12);
        List<float[]> alone = play(7, motion);

        try (Portrait other = model.portrait(Micro.picture(2));
                AnimationStream stream = model.stream(portrait, StreamOptions.seeded(7));
                AnimationStream between = model.stream(other, StreamOptions.seeded(7))) {
            List<float[]> latents = new ArrayList<>(), others = new ArrayList<>();
            for (int from = 0; from < 12; from += 4) {
                latents.add(Micro.push(stream, motion.subList(from, from + 4)));
                others.add(Micro.push(between, motion.subList(from, from + 4)));
            }
            assertSame(alone, latents);
            assertFalse(Arrays.equals(alone.get(2), others.get(2)));
        }
    }

    @Test
    void aMicroChunkHasFourFrames() {
        try (AnimationStream stream = model.stream(portrait, StreamOptions.seeded(7))) {
            assertThrows(IllegalArgumentException.class, () -> stream.push(Motions.random(1, 3)));
        }
    }

    @Test
    void aLongStreamHoldsTheMemoryItHeld() {
        List<MotionFrame> motion = Motions.random(1, 16);
        StreamOptions options = new StreamOptions(Noise.seeded(7), 1, 1, new KeyframeConfig(0, 1, 3));
        // two noise levels of one frame: the same machinery in a fraction of the time
        WindowShape small = new WindowShape(1, List.of(0, 333));
        try (AnimationStream stream = new AnimationStream(model.networks(), portrait, small, options)) {
            steps(stream, motion, 20);
            assertEquals(3, stream.keyframes());
            NativeMemory before = NativeMemory.now();

            for (int i = 0; i < 10; i++) {
                NativeMemory.assertFreed(() -> steps(stream, motion, 10));
            }

            NativeMemory.now().assertNoMoreThan(before, 8 << 20);
        }
    }

    private static void steps(AnimationStream stream, List<MotionFrame> motion, int count) {
        for (int step = 0; step < count; step++) {
            try (Chunk chunk = stream.push(List.of(motion.get(step % 16)))) {
                if (step % 10 == 0) {
                    assertEquals(1, chunk.frames().size());
                }
            }
        }
    }

    private static List<float[]> play(long seed, List<MotionFrame> motion) {
        try (AnimationStream stream = model.stream(portrait, StreamOptions.seeded(seed))) {
            return Micro.play(stream, motion);
        }
    }

    private static void assertSame(List<float[]> expected, List<float[]> actual) {
        assertEquals(expected.size(), actual.size());
        for (int chunk = 0; chunk < expected.size(); chunk++) {
            assertArrayEquals(expected.get(chunk), actual.get(chunk), SAME, "micro-chunk " + chunk);
        }
    }
}
