package io.personalive.training.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.SafetensorsWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LpipsTest {
    /** Each convolution's number in the classifier, channels, kernel, stride, padding, side of the pooling before it, whether it is seen. */
    private static final int[][] ALEX_NET = {{0, 64, 11, 4, 2, 0, 1}, {3, 192, 5, 1, 2, 3, 1}, {6, 384, 3, 1, 1, 3, 1}, {8, 256, 3, 1, 1, 0, 1},
        {10, 256, 3, 1, 1, 0, 1}};
    private static final int[][] VGG_16 = {{0, 64, 3, 1, 1, 0, 0}, {2, 64, 3, 1, 1, 0, 1}, {5, 128, 3, 1, 1, 2, 0}, {7, 128, 3, 1, 1, 0, 1},
        {10, 256, 3, 1, 1, 2, 0}, {12, 256, 3, 1, 1, 0, 0}, {14, 256, 3, 1, 1, 0, 1}, {17, 512, 3, 1, 1, 2, 0}, {19, 512, 3, 1, 1, 0, 0},
        {21, 512, 3, 1, 1, 0, 1}, {24, 512, 3, 1, 1, 2, 0}, {26, 512, 3, 1, 1, 0, 0}, {28, 512, 3, 1, 1, 0, 1}};
    private static final double[] MEAN = {-0.030, -0.088, -0.188}, DEVIATION = {0.458, 0.448, 0.450};

    @TempDir
    Path folder;
    private final Map<String, float[]> weights = new HashMap<>();

    /** A classifier of random weights in two files, with a last layer that isn't needed. */
    private List<Path> write(int[][] convolutions) throws Exception {
        Map<String, Tensor> network = new LinkedHashMap<>(), linear = new LinkedHashMap<>();
        long in = 3;
        for (int[] each : convolutions) {
            double size = Math.sqrt(6.0 / (in * each[2] * each[2]));
            put(network, "features." + each[0] + ".weight", size, each[1], in, each[2], each[2]);
            put(network, "features." + each[0] + ".bias", 0.1, each[1]);
            in = each[1];
            if (each[6] == 1) {
                put(linear, "lin" + linear.size() + ".model.1.weight", 1, 1, in, 1, 1);
            }
        }
        put(network, "classifier.1.bias", 1, 7);
        Path first = folder.resolve("classifier.safetensors"), second = folder.resolve("lin.safetensors");
        SafetensorsWriter.write(first, network);
        SafetensorsWriter.write(second, linear);
        return List.of(first, second);
    }

    private void put(Map<String, Tensor> tensors, String name, double size, long... shape) {
        Tensor values = RandomTensors.of(name.hashCode(), shape).mul(new Scalar(size));
        tensors.put(name, name.startsWith("lin") ? values.abs() : values);
        weights.put(name, Tensors.floats(tensors.get(name)));
    }

    @Test
    void alexNetGivesWhatTheFormulaGives() throws Exception {
        assertFormula(ALEX_NET, 32);
    }

    @Test
    void vggGivesWhatTheFormulaGives() throws Exception {
        assertFormula(VGG_16, 16);
    }

    private void assertFormula(int[][] convolutions, int side) throws Exception {
        try (Scope scope = new Scope(); Lpips lpips = Lpips.load(write(convolutions), Device.CPU)) {
            Tensor made = RandomTensors.of(40, 1, 3, side, side), truth = RandomTensors.of(41, 1, 3, side, side);
            double expected = 0;
            List<double[][]> ofMade = seen(convolutions, Tensors.floats(made), side), ofTruth = seen(convolutions, Tensors.floats(truth), side);
            for (int depth = 0; depth < ofMade.size(); depth++) {
                double[][] one = ofMade.get(depth), other = ofTruth.get(depth);
                for (int channel = 0; channel < one.length; channel++) {
                    for (int i = 0; i < one[channel].length; i++) {
                        double apart = one[channel][i] - other[channel][i];
                        expected += weights.get("lin" + depth + ".model.1.weight")[channel] * apart * apart / one[channel].length;
                    }
                }
            }
            assertEquals(expected, lpips.between(made, truth).item_double(), 1e-5 * expected);
        }
    }

    /** @return at five depths (channels, pixels), each pixel of length one, in plain arithmetic */
    private List<double[][]> seen(int[][] convolutions, float[] picture, int side) {
        double[][] x = new double[3][side * side];
        for (int i = 0; i < picture.length; i++) {
            int channel = i / (side * side);
            x[channel][i % (side * side)] = (picture[i] - MEAN[channel]) / DEVIATION[channel];
        }
        List<double[][]> seen = new ArrayList<>();
        for (int[] layer : convolutions) {
            if (layer[5] > 0) {
                x = Plain.largest(x, layer[5], 2);
            }
            x = Plain.convolution(x, weights.get("features." + layer[0] + ".weight"), layer[2], layer[3], layer[4]);
            double[] lengths = new double[x[0].length];
            for (int channel = 0; channel < x.length; channel++) {
                for (int i = 0; i < lengths.length; i++) {
                    x[channel][i] = Math.max(0, x[channel][i] + weights.get("features." + layer[0] + ".bias")[channel]);
                    lengths[i] += x[channel][i] * x[channel][i];
                }
            }
            if (layer[6] == 1) {
                double[][] unit = new double[x.length][lengths.length];
                for (int channel = 0; channel < x.length; channel++) {
                    for (int i = 0; i < lengths.length; i++) {
                        unit[channel][i] = x[channel][i] / (Math.sqrt(lengths[i]) + 1e-10);
                    }
                }
                seen.add(unit);
            }
        }
        return seen;
    }

    @Test
    void growsWithWhatIsChangedAndTellsWhereTo() throws Exception {
        try (Scope scope = new Scope(); Lpips lpips = Lpips.load(write(ALEX_NET), Device.CPU)) {
            Tensor truth = RandomTensors.of(40, 2, 3, 64, 64);
            Tensor near = truth.add(RandomTensors.of(41, 2, 3, 64, 64).mul(new Scalar(0.1))).set_requires_grad(true);
            Tensor far = truth.add(RandomTensors.of(41, 2, 3, 64, 64).mul(new Scalar(0.5)));
            assertEquals(0, lpips.between(truth, truth).item_double(), 1e-9);
            Tensor distance = lpips.between(near, truth);
            assertTrue(distance.item_double() > 0 && distance.item_double() < lpips.between(far, truth).item_double());
            distance.backward();
            assertTrue(near.grad().abs().sum().item_double() > 0);
        }
    }

    @Test
    void weightsOfAnotherNetworkAreRefused() throws Exception {
        Path other = folder.resolve("other.safetensors");
        try (Scope scope = new Scope()) {
            SafetensorsWriter.write(other, Map.of("weight", RandomTensors.of(1, 2)));
        }
        assertTrue(assertThrows(CheckpointException.class, () -> Lpips.load(List.of(other), Device.CPU)).getMessage().contains("AlexNet"));
    }
}
