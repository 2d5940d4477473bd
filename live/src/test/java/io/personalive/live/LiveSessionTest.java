package io.personalive.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LiveSessionTest {
    private static final BufferedImage PICTURE = Bgr.blank(8, 8);

    private final List<AnimatedFrame> frames = Collections.synchronizedList(new ArrayList<>());

    private LiveSession session(Runnable step) {
        return new LiveSession(portrait -> new FakeAvatar(portrait.getWidth(), step), Bgr.blank(16, 16), 8, Crop.NONE,
                LiveSettings.AS_THE_DRIVER, frames::add);
    }

    private static void pushSlowly(LiveSession session, long from, long to) throws InterruptedException {
        for (long i = from; i < to; i++) {
            session.push(PICTURE, 1000 * i);
            Thread.sleep(4);
        }
    }

    @Test
    void framesCarryTheTimesOfTheirDrivingFramesInOrder() throws InterruptedException {
        try (LiveSession session = session(() -> { })) {
            pushSlowly(session, 0, 40);
            session.finish();
            List<Long> times = frames.stream().map(AnimatedFrame::nanoseconds).toList();
            assertEquals(times.stream().distinct().sorted().toList(), times);
            assertTrue(LongStream.range(0, 40).map(i -> 1000 * i).boxed().toList().containsAll(times));
            LiveCounters counters = session.counters();
            assertEquals(40, counters.framesIn());
            assertEquals(40 - counters.framesDropped(), counters.framesOut());
            assertTrue(counters.latencyMilliseconds() > 0);
        }
    }

    @Test
    void anotherPortraitTakesOverWithoutAFrameMissing() throws InterruptedException {
        try (LiveSession session = session(() -> { })) {
            long pushed = 0;
            while (frames.isEmpty()) { // the first portrait has answered, however busy the machine is
                pushSlowly(session, pushed, ++pushed);
            }
            session.portrait(Bgr.blank(32, 32));
            session.settings(new LiveSettings(2, 0));
            pushSlowly(session, pushed, pushed + 24);
            session.finish();
            assertEquals(pushed + 24 - session.counters().framesDropped(), frames.size());
            assertEquals(16, frames.get(0).picture().getWidth());
            assertEquals(32, frames.get(frames.size() - 1).picture().getWidth());
        }
    }

    @Test
    void whatEndsTheSessionIsToldToWhoPushes() {
        IllegalStateException failure = new IllegalStateException("the card is gone");
        try (LiveSession session = session(() -> {
            throw failure;
        })) {
            assertSame(failure, assertThrows(IllegalStateException.class, () -> {
                while (session.push(PICTURE, 0)) {
                    Thread.sleep(1);
                }
            }));
        }
    }

    @Test
    void aSinkThatNeverReturnsHoldsNobodyUpButItself() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);
        LiveSession session = new LiveSession(portrait -> new FakeAvatar(8, () -> { }), PICTURE, 8, Crop.NONE,
                LiveSettings.AS_THE_DRIVER, frame -> {
                    try {
                        never.await();
                    } catch (InterruptedException ended) {
                        Thread.currentThread().interrupt();
                    }
                });
        pushSlowly(session, 0, 200);
        assertTrue(session.counters().framesDropped() > 0);
        never.countDown();
        session.close();
    }
}
