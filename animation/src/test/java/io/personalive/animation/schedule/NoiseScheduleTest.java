package io.personalive.animation.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.RandomTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class NoiseScheduleTest {
    private static final long[] WINDOW = {0, 0, 333, 666, 999}, LOWER = {-1, -333, 0, 333, 666};

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0.99914998", "333, 0.44681713", "666, 0.03764106", "999, 0.000230012578"})
    void theSignalFadesAsTheAuthors(int timestep, double signal) {
        // their cumulative product is in float32
        assertEquals(1, NoiseSchedule.OFFICIAL.signal(timestep) / signal, 1e-5);
        assertEquals(1 - NoiseSchedule.OFFICIAL.signal(timestep), NoiseSchedule.OFFICIAL.noise(timestep), 1e-15);
    }

    @Test
    void noiseIsMixedByPower() {
        try (Scope scope = new Scope(); NoiseLevels levels = NoiseSchedule.OFFICIAL.levels(new long[] {333}, Device.CPU)) {
            Tensor noisy = levels.addNoise(Tensors.of(new float[] {2, -1}, 1, 1, 2, 1, 1),
                    Tensors.of(new float[] {1, 4}, 1, 1, 2, 1, 1));

            float signal = (float) Math.sqrt(0.44681713), noise = (float) Math.sqrt(1 - 0.44681713);
            assertArrayEquals(new float[] {2 * signal + noise, -signal + 4 * noise}, Tensors.floats(noisy), 1e-5f);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRightPredictionLeadsToTheNextLevelOfEveryFrame(Prediction prediction) {
        NoiseSchedule schedule = new NoiseSchedule(1000, 0.00085, 0.02, prediction);
        try (Scope scope = new Scope(); NoiseLevels levels = schedule.levels(WINDOW, Device.CPU);
                NoiseLevels next = schedule.levels(LOWER, Device.CPU); NoiseLevels.Step step = levels.stepTo(LOWER)) {
            Tensor clean = RandomTensors.of(1, 2, 5, 3, 2, 2), noise = RandomTensors.of(2, 2, 5, 3, 2, 2);
            Tensor noisy = levels.addNoise(clean, noise), predicted = levels.target(clean, noise);

            // at 999 epsilon's clean latents are 66 times smaller than what they are divided out of, and at 0 the
            // sample's noise 34 times: one such number may lose two of float32's seven digits
            assertTrue(Comparison.relativeError(step.take(noisy, predicted), next.addNoise(clean, noise)) < 1e-5);
            assertTrue(Comparison.relativeError(levels.clean(noisy, predicted), clean) < 1e-5);
            assertTrue(Comparison.relativeError(levels.noise(noisy, predicted), noise) < 1e-5);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aPredictionThatIsNearlyFreeOfNoiseStaysFinite(Prediction prediction) {
        NoiseSchedule schedule = new NoiseSchedule(10, 1e-18, 0.99, prediction);
        long[] ends = {0, 9};
        try (Scope scope = new Scope(); NoiseLevels levels = schedule.levels(ends, Device.CPU);
                NoiseLevels.Step step = levels.stepTo(new long[] {-1, 0})) {
            Tensor clean = RandomTensors.of(1, 1, 2, 4, 2, 2), noise = RandomTensors.of(2, 1, 2, 4, 2, 2);
            Tensor stepped = step.take(levels.addNoise(clean, noise), levels.target(clean, noise));

            // the second frame's signal is a hundredth of its noise
            assertTrue(Comparison.relativeError(stepped, clean) < 1e-4);
        }
    }

    @Test
    void everyFrameOfEverySequenceMayHaveItsOwnLevel() {
        try (Scope scope = new Scope(); NoiseLevels levels = NoiseSchedule.OFFICIAL.levels(new long[] {0, 999, 333, 666}, Device.CPU)) {
            Tensor clean = RandomTensors.of(1, 2, 2, 3, 1, 1), noise = RandomTensors.of(2, 2, 2, 3, 1, 1);
            Tensor together = levels.addNoise(clean, noise);
            try (NoiseLevels second = NoiseSchedule.OFFICIAL.levels(new long[] {333, 666}, Device.CPU)) {
                assertArrayEquals(Tensors.floats(second.addNoise(clean.narrow(0, 1, 1), noise.narrow(0, 1, 1))),
                        Tensors.floats(together.narrow(0, 1, 1)));
            }
            assertThrows(IllegalArgumentException.class, () -> levels.addNoise(clean.narrow(1, 0, 1), noise.narrow(1, 0, 1)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void gradientsPassThroughAStep(Prediction prediction) {
        NoiseSchedule schedule = new NoiseSchedule(1000, 0.00085, 0.02, prediction);
        try (Scope scope = new Scope(); NoiseLevels levels = schedule.levels(WINDOW, Device.CPU);
                NoiseLevels.Step step = levels.stepTo(LOWER)) {
            Tensor noisy = RandomTensors.of(1, 1, 5, 1, 1, 1).set_requires_grad(true);
            Tensor predicted = RandomTensors.of(2, 1, 5, 1, 1, 1).set_requires_grad(true);

            step.take(noisy, predicted).sum().backward();

            assertArrayEquals(Tensors.floats(step.ofLatents()), Tensors.floats(noisy.grad()));
            assertArrayEquals(Tensors.floats(step.ofPrediction()), Tensors.floats(predicted.grad()));
        }
    }

    @Test
    void computesInFloat32AndRoundsAtTheEnd() {
        try (Scope scope = new Scope(); NoiseLevels levels = NoiseSchedule.OFFICIAL.levels(new long[] {999}, Device.CPU);
                NoiseLevels.Step step = levels.stepTo(new long[] {666})) {
            Tensor latents = Tensors.to(RandomTensors.of(1, 1, 1, 4, 1, 1), ScalarType.BFloat16);
            Tensor noise = Tensors.to(RandomTensors.of(2, 1, 1, 4, 1, 1), ScalarType.BFloat16);

            Tensor stepped = step.take(latents, noise);

            assertEquals(ScalarType.BFloat16, stepped.scalar_type().intern());
            Tensor exact = step.take(Tensors.to(latents, ScalarType.Float), Tensors.to(noise, ScalarType.Float));
            assertArrayEquals(Tensors.floats(Tensors.to(exact, ScalarType.BFloat16)), Tensors.floats(stepped));
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0.1, 0.2", "10, 0, 0.2", "10, 0.3, 0.2", "10, 0.1, 1", "10, NaN, 0.2"})
    void schedulesThatCanNotBeAreRefused(int steps, double first, double last) {
        assertThrows(IllegalArgumentException.class, () -> new NoiseSchedule(steps, first, last, Prediction.EPSILON));
    }

    @Test
    void timestepsBeyondTheScheduleAreNamed() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> NoiseSchedule.OFFICIAL.signal(1000)).getMessage()
                .contains("1000"));
    }

    @Test
    void predictionsAreNamedAsInConfigurations() {
        assertEquals("v_prediction", Prediction.V_PREDICTION.toString());
    }
}
