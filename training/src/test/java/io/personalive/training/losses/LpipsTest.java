package io.personalive.training.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.SafetensorsWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LpipsTest {
    private static final long[][] CONVOLUTIONS = {{0, 64, 3, 11}, {3, 192, 64, 5}, {6, 384, 192, 3}, {8, 256, 384, 3},
        {10, 256, 256, 3}};

    @TempDir
    Path folder;

    /** AlexNet of random weights in two files, with a classifier that isn't needed. */
    private List<Path> alexNet() throws Exception {
        Map<String, Tensor> network = new LinkedHashMap<>(), linear = new LinkedHashMap<>();
        for (int depth = 0; depth < CONVOLUTIONS.length; depth++) {
            long[] each = CONVOLUTIONS[depth];
            network.put("features." + each[0] + ".weight", RandomTensors.of(depth, each[1], each[2], each[3], each[3]).mul(new Scalar(0.05)));
            network.put("features." + each[0] + ".bias", RandomTensors.of(10 + depth, each[1]).mul(new Scalar(0.1)));
            linear.put("lin" + depth + ".model.1.weight", RandomTensors.of(20 + depth, 1, each[1], 1, 1).abs());
        }
        network.put("classifier.1.bias", RandomTensors.of(30, 7));
        Path first = folder.resolve("alexnet.safetensors"), second = folder.resolve("lin.safetensors");
        SafetensorsWriter.write(first, network);
        SafetensorsWriter.write(second, linear);
        return List.of(first, second);
    }

    @Test
    void growsWithWhatIsChangedAndTellsWhereTo() throws Exception {
        try (Scope scope = new Scope(); Lpips lpips = Lpips.load(alexNet(), Device.CPU)) {
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
