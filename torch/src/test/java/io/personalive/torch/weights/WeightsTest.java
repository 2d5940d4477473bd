package io.personalive.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {
    @TempDir
    Path folder;

    @Test
    void theFirstFileThatHoldsANameGivesIt() throws IOException {
        Checkpoint denoising = file("denoising", Map.of("a", 1f));
        Checkpoint temporal = file("temporal", Map.of("b", 2f));
        Checkpoint under = file("base", Map.of("a", 7f, "c", 3f, "of another network", 9f));
        TensorSource merged = new MergedTensors(List.of(denoising, temporal), List.of(under));
        try (var loaded = Weights.build(merged, Device.CPU, ScalarType.Float, at ->
                List.of(at.get("a", 1), at.get("b", 1), at.get("c", 1)))) {
            assertEquals(List.of(1f, 2f, 3f),
                    loaded.network().stream().map(tensor -> Tensors.floats(tensor)[0]).toList());
        }
    }

    @Test
    void aTensorTooManyInAFileMadeForTheNetworkIsNamed() throws IOException {
        TensorSource merged = new MergedTensors(List.of(file("one", Map.of("a", 1f)), file("two", Map.of("b", 2f))),
                List.of(file("base", Map.of("c", 3f))));
        String message = assertThrows(CheckpointException.class,
                () -> Weights.build(merged, Device.CPU, ScalarType.Float, at -> at.get("a", 1))).getMessage();
        assertTrue(message.contains("unexpected: b (1)") && !message.contains("unexpected: c"), message);
    }

    @Test
    void aNetworkTellsWhatItNeedsWithoutWeights() {
        Requirements needs = Weights.requirements(at -> {
            at.at("head").unused("bias", 3);
            at.ignore("counter");
            return at.at("head").get("weight", 2, 3);
        });
        assertEquals(List.of("head.bias", "head.weight"), List.copyOf(needs.tensors().keySet()));
        assertArrayEquals(new long[] {2, 3}, needs.tensors().get("head.weight"));
        assertEquals(List.of("counter"), List.copyOf(needs.ignored()));
    }

    @Test
    void aConvolutionOfOnePixelServesAsALinearLayerUnderItsOldName() throws IOException {
        try (Scope scope = new Scope()) {
            Path path = folder.resolve("old");
            SafetensorsWriter.write(path, Map.of("query", Tensors.of(new float[] {1, 2}, 2, 1, 1, 1)));
            try (var loaded = Weights.build(new RenamedTensors(Checkpoint.open(path), name -> "to_q"), Device.CPU,
                    ScalarType.BFloat16, at -> at.get("to_q", 2, 1))) {
                assertArrayEquals(new long[] {2, 1}, Tensors.shape(loaded.network()));
                assertArrayEquals(new float[] {1, 2}, Tensors.floats(loaded.network()));
            }
        }
    }

    @Test
    void oldAndNewNameInOneFileAreRefused() throws IOException {
        Checkpoint both = file("both", Map.of("query", 1f, "to_q", 2f));
        assertThrows(CheckpointException.class, () -> new RenamedTensors(both, name -> "to_q"));
        both.close();
    }

    @Test
    void trainableWeightsOwnTheirMemoryAndCarryGradients() throws IOException {
        try (var loaded = Weights.buildTrainable(file("trained", Map.of("a", 2f, "mean", 4f)), Device.CPU, at ->
                List.of(at.get("a", 1), at.buffer("mean", 1)))) {
            Tensor weight = loaded.network().get(0);
            try (Scope scope = new Scope()) {
                weight.mul(weight).backward();
                assertArrayEquals(new float[] {4}, Tensors.floats(weight.grad()));
                Scope.withoutGradient(() -> weight.add_(weight)); // would crash on the file's mapped bytes
            }
            assertArrayEquals(new float[] {4}, Tensors.floats(weight));
            assertFalse(loaded.network().get(1).requires_grad());
        }
    }

    private Checkpoint file(String name, Map<String, Float> numbers) throws IOException {
        Path path = folder.resolve(name);
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            numbers.forEach((tensor, number) -> tensors.put(tensor, Tensors.of(new float[] {number}, 1)));
            SafetensorsWriter.write(path, tensors);
        }
        return Checkpoint.open(path);
    }
}
