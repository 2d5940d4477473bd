package io.personalive.training.stages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TensorCacheTest {
    private static final byte[] STAMP = {1, 2, 3};

    @TempDir
    private Path folder;
    private int computed;

    private TensorCache open(byte[] stamp, long places) throws IOException {
        return new TensorCache(folder.resolve("some/tensors.bin"), stamp, places, Device.CPU, 1, 2);
    }

    /** Asks for the tensor (number, number + 0.5). */
    private void ask(TensorCache cache, int number) {
        try (Scope scope = new Scope()) {
            float[] values = {number, number + 0.5f};
            assertArrayEquals(values, Tensors.floats(cache.get(number, () -> {
                computed++;
                return Tensors.of(values, 1, 2);
            })));
        }
    }

    @Test
    void isComputedOnceAndAlsoFoundLater() throws Exception {
        try (TensorCache cache = open(STAMP, 10)) {
            ask(cache, 0);
            ask(cache, 7);
            ask(cache, 0);
        }
        try (TensorCache again = open(STAMP, 10)) {
            ask(again, 7);
            ask(again, 0);
            assertEquals(2, computed);
            ask(again, 3);
            assertEquals(3, computed);
        }
    }

    @Test
    void anotherStampFindsNothing() throws Exception {
        try (TensorCache cache = open(STAMP, 10)) {
            ask(cache, 4);
        }
        try (TensorCache other = open(new byte[] {1, 2, 4}, 10)) {
            ask(other, 4);
            assertEquals(2, computed);
        }
    }

    @Test
    void numbersThatShareAPlaceReplaceEachOther() throws Exception {
        try (TensorCache cache = open(STAMP, 3)) {
            for (int number = 0; number < 30; number++) {
                ask(cache, number);
            }
            ask(cache, 29);
            assertEquals(30, computed);
            ask(cache, 2);
            assertEquals(31, computed);
        }
        assertEquals(STAMP.length + 3L * TensorCache.recordBytes(1, 2), Files.size(folder.resolve("some/tensors.bin")));
    }

    @Test
    void whatIsDamagedOrCutOffIsComputedAgain() throws Exception {
        try (TensorCache cache = open(STAMP, 10)) {
            ask(cache, 0);
            ask(cache, 1);
            ask(cache, 2);
        }
        Path file = folder.resolve("some/tensors.bin");
        byte[] bytes = Files.readAllBytes(file);
        bytes[STAMP.length + TensorCache.recordBytes(1, 2) - 1] ^= 1;
        Files.write(file, Arrays.copyOf(bytes, bytes.length - 1));
        try (TensorCache cache = open(STAMP, 10)) {
            ask(cache, 1);
            assertEquals(3, computed);
            ask(cache, 0);
            ask(cache, 2);
            assertEquals(5, computed);
            ask(cache, 2);
            assertEquals(5, computed);
        }
    }

    @Test
    void aFileThatCanNoLongerBeUsedCostsTheCacheAlone() throws Exception {
        TensorCache cache = open(STAMP, 10);
        ask(cache, 1);
        cache.close();
        ask(cache, 1);
        ask(cache, 1);
        assertEquals(3, computed);
    }
}
