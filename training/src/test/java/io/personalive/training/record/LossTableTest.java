package io.personalive.training.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LossTableTest {
    @TempDir
    Path folder;

    @Test
    void aResumedRunCutsWhatCameAfterItsCheckpoint() throws IOException {
        Path file = folder.resolve("losses.csv");
        try (LossTable table = LossTable.open(file, 0, List.of("mse"))) {
            table.add(1, 0.5, Map.of("mse", 0.25));
            table.add(2, 0.4, Map.of());
            table.add(3, 0.3, Map.of());
        }
        Files.writeString(file, "4,0.", StandardOpenOption.APPEND);
        try (LossTable table = LossTable.open(file, 2, List.of("mse"))) {
            table.add(3, 0.35, Map.of());
        }

        assertEquals("step,loss,mse\n1,0.5,0.25\n2,0.4,\n3,0.35,\n", Files.readString(file));
    }

    @Test
    void otherColumnsAreRefused() throws IOException {
        Path file = folder.resolve("losses.csv");
        LossTable.open(file, 0, List.of()).close();

        assertThrows(IOException.class, () -> LossTable.open(file, 1, List.of("mse")));
    }
}
