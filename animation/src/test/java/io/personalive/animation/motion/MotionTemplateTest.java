package io.personalive.animation.motion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MotionTemplateTest {
    private static final Map<String, String> METADATA =
            Map.of("format", "personalive-motion-1", "model", "abc", "frame_rate", "30/1");

    @TempDir
    private Path folder;

    @Test
    void readsWhatItWrote() throws IOException {
        MotionTemplate written = new MotionTemplate(List.of(frame(1), frame(2), frame(3)), 16, 30000, 1001, "0123456789abcdef");
        Path file = folder.resolve("motion.safetensors");

        written.write(file);
        MotionTemplate read = MotionTemplate.read(file);

        assertEquals(30000, read.rateNumerator());
        assertEquals(1001, read.rateDenominator());
        assertEquals("0123456789abcdef", read.model());
        assertEquals(3, read.frames().size());
        for (int i = 0; i < 3; i++) {
            MotionFrame expected = written.frames().get(i), found = read.frames().get(i);
            assertArrayEquals(expected.tokens(), found.tokens());
            assertArrayEquals(expected.translation(), found.translation());
            assertEquals(expected.pitch(), found.pitch());
            assertEquals(expected.yaw(), found.yaw());
            assertEquals(expected.roll(), found.roll());
            assertArrayEquals(expected.residual(), found.residual());
        }
    }

    @Test
    void whatElseMovesIsWrittenWhereItIsKnown() throws IOException {
        MotionTemplate written = new MotionTemplate(List.of(frame(1).withResidual(new float[] {1, 2}),
                frame(2).withResidual(new float[] {3, 4})), 16, 25, 1, "0123456789abcdef");
        Path file = folder.resolve("motion.safetensors");

        written.write(file);

        assertArrayEquals(new float[] {3, 4}, MotionTemplate.read(file).frames().get(1).residual());
        assertThrows(IllegalArgumentException.class, () -> new MotionTemplate(List.of(frame(1), frame(2).withResidual(new float[2])),
                16, 25, 1, ""));
    }

    @Test
    void anotherFileIsNoTemplate() throws IOException {
        assertTrue(refusal(Map.of(), Map.of("format", "another")).contains("is no motion template"));
        assertTrue(refusal(Map.of(), Map.of("format", "personalive-motion-1", "frame_rate", "fast")).contains("is no motion template"));
    }

    @Test
    void aMissingOrMisshapenTensorIsNamed() throws IOException {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = tensors(2);
            tensors.remove("yaw");
            assertTrue(refusal(tensors, METADATA).endsWith("yaw is missing, expected (2)"));
            tensors.put("yaw", zeros(3));
            assertTrue(refusal(tensors, METADATA).endsWith("yaw is (3), expected (2)"));
        }
    }

    @Test
    void aTemplateWithoutFramesOrTimeIsRefused() throws IOException {
        try (Scope scope = new Scope()) {
            assertTrue(refusal(tensors(0), METADATA).contains("needs at least one frame"));
            Map<String, String> stopped = new TreeMap<>(METADATA);
            stopped.put("frame_rate", "0/1");
            assertTrue(refusal(tensors(1), stopped).contains("a positive frame rate"));
        }
    }

    private String refusal(Map<String, Tensor> tensors, Map<String, String> metadata) throws IOException {
        Path file = folder.resolve("other.safetensors");
        SafetensorsWriter.write(file, tensors, metadata);
        String message = assertThrows(CheckpointException.class, () -> MotionTemplate.read(file)).getMessage();
        assertTrue(message.startsWith(file.toString()), message);
        return message;
    }

    private static Map<String, Tensor> tensors(int frames) {
        return new TreeMap<>(Map.of("motion_tokens", zeros(frames, 32, 16), "pitch", zeros(frames), "yaw", zeros(frames),
                "roll", zeros(frames), "translation", zeros(frames, 3)));
    }

    private static Tensor zeros(long... shape) {
        return Tensors.zeros(ScalarType.Float, shape);
    }

    private static MotionFrame frame(int number) {
        float[] tokens = new float[32 * 16];
        for (int i = 0; i < tokens.length; i++) {
            tokens[i] = number + i / 1000f;
        }
        return new MotionFrame(tokens, number, -number, 0.5f * number, new float[] {0.1f * number, 0.2f, -0.3f});
    }
}
