package io.personalive.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class GeneratedTensorsTest {
    @Test
    void syntheticWeightsAreThoseOfTheFormula() {
        assertArrayEquals(new float[] {-0.24777888f, -0.083312355f, -0.023146331f, 0.12536010f},
                Arrays.copyOf(read(new SyntheticTensors("denoising-unet"), "conv_in.weight", 320, 4, 3, 3), 4));
        assertArrayEquals(new float[] {0.06951003f, 0.049372424f, 0.08356327f},
                Arrays.copyOf(read(new SyntheticTensors("vae"), "encoder.conv_in.bias", 128), 3));
    }

    @Test
    void roundingHappensOnceAndInEveryBlock() {
        // more than one stage of 4 million elements, so that a stage's beginning is tested as well
        try (Scope scope = new Scope()) {
            SyntheticTensors source = new SyntheticTensors("vae");
            long[] shape = {2, 2_500_000};
            Tensor full = source.read("a", shape, Device.CPU, ScalarType.Float);
            Tensor half = source.read("a", shape, Device.CPU, ScalarType.BFloat16);
            assertTrue(Tensors.to(full, ScalarType.BFloat16).equal(half));
            float last = Tensors.floats(full.select(0, 1).narrow(0, 2_499_999, 1))[0];
            long z = NamedNumbers.mix(NamedNumbers.hash("vae/a") + 5_000_000 * 0x9E3779B97F4A7C15L);
            assertEquals((float) (((z >>> 40) * 0x1p-23 - 1) * Math.sqrt(3 / 2_500_000.0)), last);
        }
    }

    @Test
    void scalesAreAroundOneAndOtherVectorsAroundZero() {
        for (float number : read(new SyntheticTensors("vae"), "norm.weight", 100)) {
            assertEquals(1, number, 0.1);
        }
        for (float number : read(new SyntheticTensors("vae"), "norm.running_mean", 100)) {
            assertEquals(0, number, 0.1);
        }
    }

    @Test
    void freshWeightsDependOnSeedAndNameAlone() {
        float[] first = read(new FreshTensors(7, name -> false), "a.weight", 16, 25);
        assertArrayEquals(first, read(new FreshTensors(7, name -> false), "a.weight", 16, 25));
        assertFalse(Arrays.equals(first, read(new FreshTensors(8, name -> false), "a.weight", 16, 25)));
        assertFalse(Arrays.equals(first, read(new FreshTensors(7, name -> false), "b.weight", 16, 25)));
        float largest = 0;
        for (float number : first) {
            largest = Math.max(largest, Math.abs(number));
        }
        assertEquals(0.2, largest, 0.01); // 1 / sqrt(25)
    }

    @Test
    void freshScalesBeginAtOneBiasesAndWhatTheCallerNamesAtZero() {
        FreshTensors source = new FreshTensors(7, name -> name.startsWith("proj_out"));
        assertArrayEquals(new float[] {1, 1}, read(source, "norm.weight", 2));
        assertArrayEquals(new float[] {1, 1}, read(source, "norm.running_var", 2));
        assertArrayEquals(new float[] {0, 0}, read(source, "norm.bias", 2));
        assertArrayEquals(new float[] {0, 0}, read(source, "proj_out.weight", 1, 2));
    }

    private static float[] read(TensorSource source, String name, long... shape) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(source.read(name, source.shape(name, shape), Device.CPU, ScalarType.Float));
        }
    }
}
