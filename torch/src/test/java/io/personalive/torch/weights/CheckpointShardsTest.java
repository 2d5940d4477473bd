package io.personalive.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointShardsTest {
    @TempDir
    private Path folder;

    private void shard(int number, String tensor, float value) throws IOException {
        try (Scope scope = new Scope()) {
            SafetensorsWriter.write(folder.resolve("model-0000" + number + "-of-00002.safetensors"), Map.of(tensor, Tensors.of(new float[] {value}, 1)), Map.of());
        }
    }

    private Path index(String map) throws IOException {
        return Files.writeString(folder.resolve("model.safetensors.index.json"), "{\"metadata\": {\"total_size\": 8}, \"weight_map\": " + map + "}");
    }

    @Test
    void tensorsOfAllShardsAreRead() throws IOException {
        shard(1, "a", 1);
        shard(2, "b", 2);
        Path index = index("{\"a\": \"model-00001-of-00002.safetensors\", \"b\": \"model-00002-of-00002.safetensors\"}");
        try (Scope scope = new Scope(); TensorSource source = CheckpointShards.open(index)) {
            assertEquals(Set.of("a", "b"), source.names());
            assertArrayEquals(new float[] {2}, Tensors.floats(source.read("b", new long[] {1}, Device.CPU, ScalarType.Float)));
        }
    }

    @Test
    void whatIsWrongWithAnIndexIsNamed() throws IOException {
        shard(1, "a", 1);
        assertRefused("model-00002-of-00002.safetensors, which it names, is not there",
                index("{\"a\": \"model-00001-of-00002.safetensors\", \"b\": \"model-00002-of-00002.safetensors\"}"));
        assertRefused("doesn't lie beside it", index("{\"a\": \"../other.safetensors\"}"));
        assertRefused("no weight_map", index("{}"));
        assertRefused("can't be read as an index", index("{"));
    }

    private static void assertRefused(String reason, Path index) {
        String message = assertThrows(CheckpointException.class, () -> CheckpointShards.open(index)).getMessage();
        assertTrue(message.startsWith(index.toString()) && message.contains(reason) && message.lines().count() == 1, message);
    }
}
