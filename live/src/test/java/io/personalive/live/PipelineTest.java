package io.personalive.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.media.image.Bgr;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PipelineTest {
    private static final int FRAMES = 22;
    private final List<Thread> readers = new ArrayList<>();

    /** Pictures that are there already; their motion is read by whoever asks. */
    private final class Drawn implements Driving {
        private final Iterator<DrivingFrame> frames =
                IntStream.range(0, FRAMES).mapToObj(i -> new DrivingFrame(Bgr.blank(8, 8), i)).iterator();
        private final int fails;
        private SeenMotion seen;
        private int taken;

        Drawn(int fails) {
            this.fails = fails;
        }

        @Override
        public Iterator<MotionFrame> motion(Supplier<MotionSight> sight) {
            seen = new SeenMotion(this::next, picture -> picture, sight);
            return seen;
        }

        private List<DrivingFrame> next() {
            readers.add(Thread.currentThread());
            if (taken++ == fails) {
                throw new IllegalArgumentException("damaged");
            }
            return frames.hasNext() ? List.of(frames.next()) : List.of();
        }

        @Override
        public DrivingFrame answered() {
            return seen.answered();
        }

        @Override
        public void close() {
            // nothing is open
        }
    }

    private static Avatar beside(Runnable step) {
        return new FakeAvatar(8, step, true);
    }

    private List<Long> times(Avatar avatar, int fails) {
        List<Long> times = new ArrayList<>();
        new Pipeline(avatar, new Drawn(fails), frame -> times.add(frame.nanoseconds())).run(() -> false);
        return times;
    }

    @Test
    void aDriverThatIsReadBesideGivesTheSameFrames() {
        List<Long> alone = times(new FakeAvatar(8, () -> {}), -1);
        assertEquals(List.of(Thread.currentThread()), readers.stream().distinct().toList());
        readers.clear();

        assertEquals(alone, times(beside(() -> {}), -1));
        assertEquals(FRAMES, alone.size());
        assertEquals(1, readers.stream().distinct().count());
        assertNotEquals(Thread.currentThread(), readers.get(0));
    }

    @Test
    void whatFailsOnEitherSideIsTold() {
        assertEquals("damaged", assertThrows(IllegalArgumentException.class, () -> times(beside(() -> {}), 9)).getMessage());
        assertEquals("broken", assertThrows(IllegalStateException.class, () -> times(beside(() -> {
            throw new IllegalStateException("broken");
        }), -1)).getMessage());
    }
}
