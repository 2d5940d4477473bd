package io.personalive.animation.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoiseScheduleTest {
    private final NoiseSchedule schedule = new NoiseSchedule();

    @ParameterizedTest
    @CsvSource({"-1, 1", "0, 0.99914998", "333, 0.44681713", "666, 0.03764106", "999, 0.000230012578"})
    void theSignalFadesAsTheAuthors(int timestep, double signal) {
        // their cumulative product is in float32
        assertEquals(1, schedule.signal(timestep) / signal, 1e-5);
    }

    @Test
    void noiseIsMixedByPower() {
        try (Scope scope = new Scope()) {
            Tensor noisy = schedule.addNoise(numbers(2, -1), numbers(1, 4), 333);

            float signal = (float) Math.sqrt(0.44681713), noise = (float) Math.sqrt(1 - 0.44681713);
            assertArrayEquals(new float[] {2 * signal + noise, -signal + 4 * noise}, Tensors.floats(noisy), 1e-5f);
        }
    }

    @ParameterizedTest
    @CsvSource({"999, 666", "666, 333", "333, 0"})
    void aRightPredictionGoesToTheNextLevel(int timestep, int previous) {
        try (Scope scope = new Scope()) {
            Tensor clean = numbers(0.5f, -1.5f), noise = numbers(1, -0.25f);

            Tensor stepped = schedule.step(schedule.addNoise(clean, noise, timestep), noise, timestep, previous);

            // at 999 the signal is 66 times smaller than what it is divided out of
            assertArrayEquals(Tensors.floats(schedule.addNoise(clean, noise, previous)), Tensors.floats(stepped), 1e-4f);
        }
    }

    @Test
    void theLastStepIsClean() {
        try (Scope scope = new Scope()) {
            Tensor clean = numbers(0.5f, -1.5f), noise = numbers(1, -0.25f);

            Tensor stepped = schedule.step(schedule.addNoise(clean, noise, 0), noise, 0, -333);

            assertArrayEquals(new float[] {0.5f, -1.5f}, Tensors.floats(stepped), 1e-6f);
        }
    }

    @Test
    void computesInFloat32AndRoundsAtTheEnd() {
        try (Scope scope = new Scope()) {
            Tensor latents = Tensors.to(numbers(0.7f, -1.3f), ScalarType.BFloat16);
            Tensor noise = Tensors.to(numbers(1.1f, 0.3f), ScalarType.BFloat16);

            Tensor stepped = schedule.step(latents, noise, 999, 666);

            assertEquals(ScalarType.BFloat16, stepped.scalar_type().intern());
            Tensor exact = schedule.step(Tensors.to(latents, ScalarType.Float), Tensors.to(noise, ScalarType.Float), 999, 666);
            assertArrayEquals(Tensors.floats(Tensors.to(exact, ScalarType.BFloat16)), Tensors.floats(stepped));
        }
    }

    private static Tensor numbers(float... values) {
        return Tensors.of(values, values.length);
    }
}
