package io.personalive.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/** The live pipeline on a clock that the test turns, in one thread. */
class LiveLatencyTest {
    private static final int CHUNK = 4, CHUNKS = 4;
    private static final long MILLISECOND = 1_000_000;
    private static final BufferedImage PICTURE = Bgr.blank(8, 8);

    private final LiveDriving driving = new LiveDriving(CHUNK, new Framing(Crop.NONE, 8), () -> this.now) {
        @Override
        List<DrivingFrame> await() {
            while (waiting() < CHUNK) {
                until(nextFrame);
            }
            return super.await();
        }
    };
    private final List<Long> latencies = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private long now;
    private long nextFrame;
    private long period;
    private int mostWaiting;

    /** Lets time pass, with a driving frame every so often. */
    private void until(long moment) {
        while (nextFrame <= moment) {
            now = nextFrame;
            driving.push(PICTURE, nextFrame);
            mostWaiting = Math.max(mostWaiting, driving.waiting());
            nextFrame += period;
        }
        now = moment;
    }

    /** @param step how long each takes, by its number */
    private void play(long duration, long period, IntToLongFunction step) {
        this.period = period;
        int[] steps = {0};
        FakeAvatar avatar = new FakeAvatar(8, () -> until(now + step.applyAsLong(steps[0]++)));
        new Pipeline(avatar, driving, frame -> {
            latencies.add(now - frame.driving().arrived());
            times.add(frame.nanoseconds());
        }).run(() -> now > duration);
    }

    @Test
    void anHourOfMoreFramesThanCanBeUsedKeepsTheLatency() {
        long step = 160 * MILLISECOND, period = step / CHUNK * 2 / 3; // one and a half times what is sustained
        play(3_600_000 * MILLISECOND, period, number -> step);

        assertEquals(CHUNK, mostWaiting);
        long bound = (CHUNKS + 1) * step + step;
        assertTrue(latencies.stream().allMatch(latency -> latency <= bound), "at most " + bound);
        assertTrue(times.size() > 3600 * 25 * 0.98, "25 frames a second can be made: " + times.size());
        assertEven(period, 2);
    }

    @Test
    void fewerFramesThanCanBeUsedAreAllAnswered() {
        play(10_000 * MILLISECOND, 40 * MILLISECOND, number -> 100 * MILLISECOND);

        assertEquals(0, driving.thinning().dropped());
        assertEven(40 * MILLISECOND, 1);
    }

    @Test
    void afterAStallTheLatencyIsWhatItWas() {
        long step = 160 * MILLISECOND;
        play(60_000 * MILLISECOND, 30 * MILLISECOND, number -> number == 100 ? 5_000 * MILLISECOND : step);

        assertEquals(CHUNK, mostWaiting);
        assertLastWithin(400, (CHUNKS + 1) * step + step + 30 * MILLISECOND);
    }

    @Test
    void aMachineThatSlowsDownAndRecoversIsFollowed() {
        play(120_000 * MILLISECOND, 33 * MILLISECOND, number -> (number > 200 && number < 300 ? 300 : 150) * MILLISECOND);

        assertLastWithin(200, (CHUNKS + 1) * 150 * MILLISECOND + 150 * MILLISECOND + 33 * MILLISECOND);
    }

    /** Frames come at multiples of the driver's period, so a micro-chunk may fill one of them later. */
    private void assertLastWithin(int frames, long bound) {
        long longest = latencies.subList(latencies.size() - frames, latencies.size()).stream().max(Long::compare).orElseThrow();
        assertTrue(longest <= bound, longest / 1e6 + " ms, at most " + bound / 1e6);
    }

    /** Times only go up, and by no more than so many driving frames, once the pace is known. */
    private void assertEven(long period, int most) {
        for (int i = 1; i < times.size(); i++) {
            long gap = times.get(i) - times.get(i - 1);
            assertTrue(gap > 0, "frame " + i);
            assertTrue(i < 40 || gap <= most * period, "frame " + i + " comes " + gap / period + " driving frames later");
        }
    }
}
