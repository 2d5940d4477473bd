package io.personalive.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.cli.CommandLineTesting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MakeSyntheticTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() throws IOException {
        Files.createFile(folder.resolve("mine.txt"));

        var result = CommandLineTesting.run("make-synthetic", "--config", "micro", "--output", folder.toString());

        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains(folder + ": is a folder that isn't empty"), result.err());
    }

    @Test
    void saysWhichConfigurationsThereAre() {
        var result = CommandLineTesting.run("make-synthetic", "--config", "huge", "--output", folder.toString());

        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("huge is unknown: use one of micro, mini, personalive"), result.err());
    }
}
