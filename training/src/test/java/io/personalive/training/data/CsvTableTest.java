package io.personalive.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvTableTest {
    @TempDir
    Path folder;

    @Test
    void commasAndQuotesInsideQuotesBelongToTheField() throws IOException {
        CsvTable table = new CsvTable(Files.writeString(folder.resolve("a.csv"), "id,notes,split\n1,\"a, \"\"b\"\"\",train\n"));
        assertEquals("a, \"b\"", table.get(0, "notes"));
        assertEquals("train", table.get(0, "split"));
    }

    @Test
    void aShortLineAndAMissingColumnAreNamed() throws IOException {
        Path wrong = Files.writeString(folder.resolve("b.csv"), "id,split\n1\n");
        assertTrue(assertThrows(IOException.class, () -> new CsvTable(wrong)).getMessage().contains("line 2"));
        CsvTable table = new CsvTable(Files.writeString(folder.resolve("c.csv"), "id\n1\n"));
        assertTrue(assertThrows(IOException.class, () -> table.get(0, "person")).getMessage().contains("'person'"));
    }
}
