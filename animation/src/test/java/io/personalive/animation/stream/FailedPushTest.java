package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.model.GivenModel;
import io.personalive.animation.model.KeyframeConfig;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.NetworkType;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.animation.testing.SmallModel;
import io.personalive.natives.testing.NativeMemory;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes wrong in a push, or beside it. */
class FailedPushTest {
    private static final WindowShape SMALL = new WindowShape(1, List.of(0, 333));
    /** Keyframes from the second micro-chunk on. */
    private static final StreamOptions OPTIONS =
            StreamOptions.seeded(7).withKeyframes(new KeyframeConfig(0, 1, 3));
    private static final List<MotionFrame> MOTION = Motions.random(1, 6);

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
    @ValueSource(ints = {0, 1, 3})
    void leavesTheStreamAsItWas(int failingPush) {
        Failing[] unet = new Failing[1];
        try (AnimationStream whole = new AnimationStream(model.networks(), portrait, SMALL, OPTIONS);
                AnimationStream failing = Failing.stream(model, portrait, SMALL, OPTIONS, unet)) {
            for (int i = 0; i < MOTION.size(); i++) {
                List<MotionFrame> driving = MOTION.subList(i, i + 1);
                if (i == failingPush) {
                    unet[0].fails = true;
                    assertThrows(IllegalStateException.class, () -> failing.push(driving));
                    unet[0].fails = false;
                    assertThrows(IllegalArgumentException.class, () -> failing.push(MOTION));
                    assertThrows(IllegalArgumentException.class, () -> failing.push(null));
                    assertThrows(IllegalArgumentException.class, () -> failing.push(Arrays.asList((MotionFrame) null)));
                }
                assertArrayEquals(Micro.push(whole, driving), Micro.push(failing, driving), "micro-chunk " + i);
            }
            assertEquals(whole.keyframes(), failing.keyframes());
        }
    }

    /** The step went well, and the frame that ought to become a keyframe can't be read. */
    @Test
    void aKeyframeThatFailsLeavesTheStreamAsItWasAndNoMemory() {
        ModelSource small = SmallModel.synthetic("");
        try (Weights.Loaded<ReferenceUNet> reference =
                        NetworkType.REFERENCE_UNET.load(NetworkWeights.of(small), Device.CPU, Precision.FLOAT32);
                AnimationModel breakable = AnimationModel.load(new GivenModel(small, Map.of(NetworkName.REFERENCE_UNET, reference)),
                        Device.CPU, Precision.FLOAT32, false);
                Portrait own = breakable.portrait(Micro.picture(1));
                AnimationStream whole = new AnimationStream(model.networks(), portrait, SMALL, OPTIONS);
                AnimationStream failing = new AnimationStream(breakable.networks(), own, SMALL, OPTIONS);
                Scope scope = new Scope()) {
            Tensor weight = reference.parameters().get("mid_block.resnets.0.conv1.weight");
            Tensor intact = weight.detach().clone(), broken = Tensors.zeros(ScalarType.Float, 1, 1, 1, 1);
            Micro.push(whole, MOTION.subList(0, 1));
            Micro.push(failing, MOTION.subList(0, 1));
            List<MotionFrame> driving = MOTION.subList(1, 2);
            weight.set_data(broken);
            assertThrows(RuntimeException.class, () -> failing.push(driving));
            NativeMemory before = NativeMemory.now();
            for (int i = 0; i < 10; i++) {
                NativeMemory.assertFreed(() -> assertThrows(RuntimeException.class, () -> failing.push(driving)));
            }
            NativeMemory.now().assertNoMoreThan(before, 8 << 20);
            assertEquals(0, failing.keyframes());
            weight.set_data(intact);

            for (int i = 1; i < 4; i++) {
                assertArrayEquals(Micro.push(whole, MOTION.subList(i, i + 1)), Micro.push(failing, MOTION.subList(i, i + 1)));
            }
            assertEquals(3, failing.keyframes());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5})
    void windowsOfAnyLengthRun(int chunks) {
        WindowShape shape = new WindowShape(2, List.of(0, 100, 200, 300, 400).subList(0, chunks));
        try (AnimationStream stream = new AnimationStream(model.networks(), portrait, shape, OPTIONS)) {
            for (int i = 0; i < 3; i++) {
                float[] latents = Micro.push(stream, MOTION.subList(0, 2));
                assertEquals(2 * 4 * 8 * 8, latents.length);
            }
        }
    }

    @Test
    void streamsInOnePassAreAsAloneAndOneThatFailsHarmsNoOther() {
        try (Portrait other = model.portrait(Micro.picture(2));
                AnimationStream alone = new AnimationStream(model.networks(), portrait, SMALL, OPTIONS);
                AnimationStream otherAlone = new AnimationStream(model.networks(), other, SMALL, StreamOptions.seeded(8));
                AnimationStream first = new AnimationStream(model.networks(), portrait, SMALL, OPTIONS);
                AnimationStream second = new AnimationStream(model.networks(), other, SMALL, StreamOptions.seeded(8));
                AnimationStream broken = new AnimationStream(model.networks(), portrait, SMALL,
                        new StreamOptions((number, shape) -> Tensors.of(new float[1], 1), 1, 1, null))) {
            for (int i = 0; i < 4; i++) {
                List<MotionFrame> driving = MOTION.subList(i, i + 1), others = MOTION.subList(i + 1, i + 2);
                List<StreamGroup.Outcome> outcomes = StreamGroup.push(List.of(new StreamGroup.Driven(first, driving),
                        new StreamGroup.Driven(broken, driving), new StreamGroup.Driven(second, others)));

                assertNotNull(outcomes.get(1).failure());
                assertSame(Micro.push(alone, driving), outcomes.get(0));
                assertSame(Micro.push(otherAlone, others), outcomes.get(2));
            }
            assertTrue(first.keyframes() > 0);
        }
    }

    @Test
    void whatIsClosedSaysSo() {
        Portrait own = model.portrait(Micro.picture(3));
        AnimationStream stream = new AnimationStream(model.networks(), own, SMALL, OPTIONS);
        Chunk chunk = stream.push(MOTION.subList(0, 1));
        own.close();
        own.close();

        assertTrue(assertThrows(IllegalStateException.class, () -> stream.push(MOTION.subList(0, 1))).getMessage()
                .contains("portrait is closed"));
        assertEquals(1, chunk.frames().size());
        chunk.close();
        chunk.close();
        assertThrows(IllegalStateException.class, chunk::frames);
        stream.close();
        stream.close();
        assertThrows(IllegalStateException.class, () -> stream.push(MOTION.subList(0, 1)));
    }

    @Test
    void closingAPortraitWaitsForARunningPush() throws InterruptedException {
        CountDownLatch inPush = new CountDownLatch(1), goOn = new CountDownLatch(1);
        Noise seeded = Noise.seeded(7);
        Noise waiting = (number, shape) -> {
            inPush.countDown();
            try {
                assertTrue(goOn.await(20, TimeUnit.SECONDS));
            } catch (InterruptedException stopped) {
                throw new IllegalStateException(stopped);
            }
            return seeded.draw(number, shape);
        };
        Portrait own = model.portrait(Micro.picture(3));
        float[][] latents = new float[1][];
        try (AnimationStream stream = new AnimationStream(model.networks(), own, SMALL, new StreamOptions(waiting, 1, 1, null))) {
            Thread pusher = new Thread(() -> latents[0] = Micro.push(stream, MOTION.subList(0, 1)));
            pusher.start();
            assertTrue(inPush.await(20, TimeUnit.SECONDS));
            Thread closer = new Thread(own::close);
            closer.start();
            closer.join(100);
            assertTrue(closer.isAlive(), "closed under a running push");
            goOn.countDown();
            pusher.join();
            closer.join();
            assertNotNull(latents[0]);
            assertThrows(IllegalStateException.class, () -> stream.push(MOTION.subList(0, 1)));
        }
    }

    /** A thousand of them with PERSONALIVE_LONG_TESTS=1. */
    @Test
    void manyStreamsOfWhichSomeFailLeaveNoNativeMemory() {
        boolean all = "1".equals(System.getenv("PERSONALIVE_LONG_TESTS"));
        streams(20);
        NativeMemory before = NativeMemory.now();

        streams(all ? 1000 : 50);

        // Java's own memory moves by a few megabytes; a window and a reading of each stream would be a hundred
        NativeMemory.now().assertNoMoreThan(before, 8 << 20);
    }

    private static void streams(int count) {
        for (int i = 0; i < count; i++) {
            boolean fails = i % 10 == 3;
            NativeMemory.assertFreed(() -> stream(fails));
        }
    }

    private static void stream(boolean fails) {
        Failing[] unet = new Failing[1];
        try (AnimationStream stream = Failing.stream(model, portrait, SMALL, OPTIONS, unet)) {
            Micro.push(stream, MOTION.subList(0, 1));
            unet[0].fails = fails;
            if (fails) {
                assertThrows(IllegalStateException.class, () -> stream.push(MOTION.subList(1, 2)));
            } else {
                Micro.push(stream, MOTION.subList(1, 2));
            }
        }
    }

    private static void assertSame(float[] expected, StreamGroup.Outcome outcome) {
        assertNull(outcome.failure());
        try (Chunk chunk = outcome.chunk()) {
            assertArrayEquals(expected, Tensors.floats(chunk.latents()), 1e-5f);
        }
    }
}
