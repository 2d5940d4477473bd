package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.model.KeyframeConfig;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.portrait.PillowResize;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.portrait.ResizeFilter;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.torch.Scope;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is closed beside computations that use it: they end as if nothing were, and those that come say what is closed. */
class ClosingTest {
    private static final WindowShape SMALL = new WindowShape(1, List.of(0, 333));
    private static final StreamOptions OPTIONS =
            StreamOptions.seeded(7).withKeyframes(new KeyframeConfig(0, 1, 3));
    private static final List<MotionFrame> MOTION = Motions.random(1, 1);
    private static final int SECONDS = 60;

    /** What is closed meanwhile. */
    enum Closed { MODEL, PORTRAIT, STREAM }

    @ParameterizedTest
    @EnumSource(Closed.class)
    void aRunningPushIsWaitedFor(Closed closed) throws Exception {
        CountDownLatch inPush = new CountDownLatch(1), goOn = new CountDownLatch(1);
        Noise seeded = Noise.seeded(7);
        Noise waiting = (number, shape) -> {
            inPush.countDown();
            await(goOn);
            return seeded.draw(number, shape);
        };
        AnimationModel model = Micro.load();
        Portrait portrait = model.portrait(Micro.picture(1));
        AnimationStream stream = new AnimationStream(model.networks(), portrait, SMALL, new StreamOptions(waiting, 1, 1, null));
        AutoCloseable target = switch (closed) {
            case MODEL -> model;
            case PORTRAIT -> portrait;
            case STREAM -> stream;
        };
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            Future<float[]> push = threads.submit(() -> Micro.push(stream, MOTION));
            await(inPush);
            Future<?> closing = threads.submit(closing(target));
            Thread.sleep(100);
            assertFalse(closing.isDone(), "closed under a running push");
            goOn.countDown();

            assertEquals(4 * 8 * 8, push.get(SECONDS, TimeUnit.SECONDS).length);
            closing.get(SECONDS, TimeUnit.SECONDS);
            String message = assertThrows(IllegalStateException.class, () -> stream.push(MOTION)).getMessage();
            assertTrue(message.contains("the " + closed.name().toLowerCase(Locale.ROOT) + " is closed"), message);
        } finally {
            threads.shutdown();
            stream.close();
            Micro.close(model, portrait);
        }
    }

    /** Sessions of every kind of work go on, and everything is closed under them in one order after the other. */
    @Test
    void whateverIsClosedAmidSessionsNothingCrashes() throws Exception {
        BufferedImage driver = PillowResize.resize(Micro.picture(3), 64, 64, ResizeFilter.BICUBIC);
        ExecutorService threads = Executors.newCachedThreadPool();
        try {
            for (int round = 0; round < 6; round++) {
                AnimationModel model = Micro.load();
                Portrait portrait = model.portrait(Micro.picture(1));
                AnimationStream first = new AnimationStream(model.networks(), portrait, SMALL, OPTIONS);
                AnimationStream second = new AnimationStream(model.networks(), portrait, SMALL, OPTIONS);
                MotionReader reader = model.driver(portrait.faceBox());
                CountDownLatch running = new CountDownLatch(3);
                List<Future<String>> work = new ArrayList<>();
                work.add(threads.submit(untilClosed(running, () -> {
                    try (Chunk chunk = first.push(MOTION)) {
                        return chunk.frames();
                    }
                })));
                work.add(threads.submit(untilClosed(running, () -> {
                    StreamGroup.push(List.of(new StreamGroup.Driven(second, MOTION))).get(0).chunk().close();
                    return null;
                })));
                work.add(threads.submit(untilClosed(running, () -> {
                    try (Scope scope = new Scope(); Portrait another = model.portrait(Micro.picture(2))) {
                        return reader.read(Frames.toSigned(List.of(driver)));
                    }
                })));
                await(running);
                List<AutoCloseable> all = new ArrayList<>(List.of(first, second, portrait, model));
                Collections.rotate(all, round);
                for (AutoCloseable each : all) {
                    each.close();
                }
                for (Future<String> each : work) {
                    String message = each.get(SECONDS, TimeUnit.SECONDS);
                    assertTrue(message.endsWith("is closed: nothing can be computed with it any more"), message);
                }
                Micro.close(model, portrait);
            }
        } finally {
            threads.shutdown();
        }
    }

    /** @return what the work said when it could not go on */
    private static Callable<String> untilClosed(CountDownLatch running, Callable<?> work) {
        return () -> {
            while (true) {
                try {
                    work.call();
                    running.countDown();
                } catch (IllegalStateException closed) {
                    return closed.getMessage();
                }
            }
        };
    }

    private static Callable<Void> closing(AutoCloseable target) {
        return () -> {
            target.close();
            return null;
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(SECONDS, TimeUnit.SECONDS));
        } catch (InterruptedException stopped) {
            throw new IllegalStateException(stopped);
        }
    }
}
