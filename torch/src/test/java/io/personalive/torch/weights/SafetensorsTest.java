package io.personalive.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(ElementType.class)
    void whatIsWrittenIsReadBack(ElementType type) throws IOException {
        Path path = folder.resolve("any.name");
        try (Scope scope = new Scope()) {
            Tensor numbers = Tensors.to(Tensors.of(new float[] {0, 1, 1, 0, 1, 1}, 2, 3), type.scalar());
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            tensors.put("odd", Tensors.of(new byte[] {7}));
            tensors.put("numbers", numbers);
            tensors.put("turned", numbers.t());
            tensors.put("none", Tensors.empty(type.scalar(), 0, 4));
            SafetensorsWriter.write(path, tensors, Map.of("keyframe_after", "8"));
            try (Checkpoint file = Checkpoint.open(path)) {
                assertEquals(Map.of("keyframe_after", "8"), file.metadata());
                assertEquals(type, file.tensors().get("numbers").type());
                assertArrayEquals(new long[] {2, 3}, file.shape("numbers", null));
                assertArrayEquals(new long[] {0, 4}, Tensors.shape(file.read("none")));
                assertEquals(type.scalar(), file.read("numbers").scalar_type().intern());
                assertArrayEquals(new float[] {0, 1, 1, 0, 1, 1}, Tensors.floats(file.read("numbers")));
                assertArrayEquals(new float[] {0, 0, 1, 1, 1, 1}, Tensors.floats(file.read("turned")));
            }
        }
        assertEquals(List.of(path), Files.list(folder).toList(), "no partial file is left");
    }

    @Test
    void aFailedWriteLeavesTheOldFileAndNothingElse() throws IOException {
        Path path = Files.writeString(folder.resolve("old"), "old");
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = Map.of("a", Tensors.empty(ScalarType.ComplexFloat, 1));
            assertThrows(IllegalArgumentException.class, () -> SafetensorsWriter.write(path, tensors));
        }
        assertEquals("old", Files.readString(path));
        assertEquals(1, Files.list(folder).count());
    }

    @Test
    void aTensorOutlivesItsFileAndTakesItsMapAlong() throws IOException {
        Path maps = Path.of("/proc/self/maps");
        assumeTrue(Files.isReadable(maps), "this system doesn't list a process's maps");
        Path path = folder.resolve("mapped.safetensors");
        try (Scope scope = new Scope()) {
            SafetensorsWriter.write(path, Map.of("a", Tensors.of(new float[] {1, 2, 3}, 3)));
        }
        try (Scope outer = new Scope()) {
            Tensor mapped;
            try (Checkpoint file = Checkpoint.open(path)) {
                Tensor converted = file.read("a", new long[] {3}, Device.CPU, ScalarType.Double);
                assertEquals(0, countMaps(maps), "a converted tensor leaves no map");
                mapped = file.read("a");
                assertArrayEquals(Tensors.floats(mapped), Tensors.floats(converted));
            }
            assertEquals(1, countMaps(maps));
            assertArrayEquals(new float[] {1, 2, 3}, Tensors.floats(mapped));
        }
        assertEquals(0, countMaps(maps), "the map goes with the tensor");
    }

    private static long countMaps(Path maps) throws IOException {
        try (var lines = Files.lines(maps)) {
            return lines.filter(line -> line.endsWith("mapped.safetensors")).count();
        }
    }

    @Test
    void unalignedNumbersAreReadAsWell() throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(9).order(ByteOrder.LITTLE_ENDIAN).put((byte) 5).putFloat(1.5f).putFloat(-2);
        Path path = write("{'a':{'dtype':'U8','shape':[1],'data_offsets':[0,1]},'b':{'dtype':'F32','shape':[2],'data_offsets':[1,9]}}",
                numbers.array());
        try (Scope scope = new Scope(); Checkpoint file = Checkpoint.open(path)) {
            assertArrayEquals(new float[] {1.5f, -2}, Tensors.floats(file.read("b")));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', value = {
        "{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,4]}} | tensor a has 4 bytes",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[4,0]}} | tensor a has data_offsets",
        "{'a':{'dtype':'F32','shape':[-1],'data_offsets':[0,4]}} | tensor a has -1 in its shape",
        "{'a':{'dtype':'F32','shape':[1.5],'data_offsets':[0,4]}} | tensor a has 1.5 in its shape",
        "{'a':{'dtype':'F8_E4M3','shape':[4],'data_offsets':[0,4]}} | tensor a has dtype \"F8_E4M3\"",
        "{'a':{'shape':[4],'data_offsets':[0,4]}} | tensor a has dtype missing",
        "{'a':{'dtype':'F32','data_offsets':[0,4]}} | tensor a has no valid shape",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | tensor a leaves a gap",
        "{'a':{'dtype':'U8','shape':[3],'data_offsets':[0,3]},'b':{'dtype':'U8','shape':[2],'data_offsets':[2,4]}} | tensor b overlaps",
        "{'a':{'dtype':'U8','shape':[1099511627776],'data_offsets':[0,1099511627776]}} | tensor a ends at byte 1099511627776",
        "{'a':{'dtype':'F32','shape':[4294967296,4294967296],'data_offsets':[0,4]}} | tensor a has a shape with more elements",
        "{'a':{'dtype':'U8','shape':[2],'data_offsets':[0,2]}} | 2 bytes at its end",
        "{'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]},'a':{'dtype':'F32','shape':[1],'data_offsets':[0,4]}} | Duplicate field 'a'",
        "{'a':3} | tensor a has dtype missing",
        "{'a' | isn't valid JSON",
        "{} {} | goes on after",
        "{'__metadata__':{'a':1}} | isn't a text"})
    void malformedHeadersAreRefused(String header, String reason) throws IOException {
        Path path = write(header, new byte[4]);
        String message = assertThrows(CheckpointException.class, () -> Checkpoint.open(path)).getMessage();
        assertTrue(message.startsWith(path.toString()) && message.contains(reason), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertRefused("is neither", "GIF89a, a picture".getBytes(StandardCharsets.US_ASCII));
        assertRefused("git lfs pull", "version https://git-lfs.github.com/spec/v1\n".getBytes(StandardCharsets.US_ASCII));
        assertRefused("is neither", new byte[] {1, 2});
        assertRefused("is empty", new byte[0]);
        assertRefused("from before version 1.6, which isn't read. Convert it with a recent PyTorch: torch.save(torch.load(",
                new byte[] {(byte) 0x80, 2, (byte) 0x8a, 10, 'l', (byte) 0xfc, (byte) 0x9c, 'F', (byte) 0xf9, ' ', 'j', (byte) 0xa8, 'P', 0x19, '.'});
        assertRefused("header claims 1152921504606846976 bytes",
                ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(1L << 60).put((byte) '{').array());
        assertThrows(CheckpointException.class, () -> Checkpoint.open(folder.resolve("absent")));
    }

    @Test
    void whatIsCutOffIsRefusedWherever() throws IOException {
        Path path = write("{'a':{'dtype':'F32','shape':[2],'data_offsets':[0,8]}}", new byte[8]);
        byte[] whole = Files.readAllBytes(path);
        for (int length = 0; length < whole.length; length++) {
            Files.write(path, Arrays.copyOf(whole, length));
            String message = assertThrows(CheckpointException.class, () -> Checkpoint.open(path)).getMessage();
            assertTrue(message.startsWith(path.toString()) && message.lines().count() == 1, message);
        }
    }

    private void assertRefused(String reason, byte[] content) throws IOException {
        Path path = Files.write(folder.resolve("other"), content);
        String message = assertThrows(CheckpointException.class, () -> Checkpoint.open(path)).getMessage();
        assertTrue(message.contains(reason), message);
    }

    private Path write(String header, byte[] data) throws IOException {
        byte[] json = header.replace('\'', '"').getBytes(StandardCharsets.UTF_8);
        ByteBuffer bytes = ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
        return Files.write(folder.resolve("made.safetensors"), bytes.putLong(json.length).put(json).put(data).array());
    }
}
