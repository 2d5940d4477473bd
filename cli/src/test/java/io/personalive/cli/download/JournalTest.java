package io.personalive.cli.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.personalive.cli.console.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void makePart() throws IOException {
        Files.createFile(part());
    }

    private Path part() {
        return folder.resolve("unet.pth.part");
    }

    private Path file() {
        return folder.resolve("unet.pth.part.journal");
    }

    private Journal open(String identity) throws IOException {
        return Journal.open(file(), identity, part());
    }

    @Test
    void knowsWhatIsMissing() throws IOException {
        try (Journal journal = open("a")) {
            assertEquals(List.of(new Stretch(0, 40), new Stretch(40, 80), new Stretch(80, 100)), journal.missing(100, 40));
            journal.add(new Stretch(40, 50));
            journal.add(new Stretch(0, 10));
            journal.add(new Stretch(10, 20));
            assertEquals(List.of(new Stretch(20, 40), new Stretch(50, 100)), journal.missing(100, 50));
            journal.add(new Stretch(15, 60));
            assertEquals(List.of(new Stretch(60, 100)), journal.missing(100, 50));
            assertEquals(60, journal.bytes());
        }
    }

    @Test
    void remembersEvenWhenItsLastLineWasCutOff() throws IOException {
        try (Journal journal = open("a")) {
            journal.add(new Stretch(30, 60));
        }
        Files.writeString(file(), "60 1", StandardOpenOption.APPEND);
        for (int run = 0; run < 2; run++) {
            try (Journal journal = open("a")) {
                assertEquals(List.of(new Stretch(0, 30), new Stretch(60 + run * 10, 100)), journal.missing(100, 100));
                journal.add(new Stretch(60, 70));
            }
        }
    }

    @Test
    void beginsAnewForAnotherContentOrWithoutAPart() throws IOException {
        try (Journal journal = open("a")) {
            journal.add(new Stretch(0, 10));
        }
        try (Journal journal = open("b")) {
            assertEquals(0, journal.bytes());
            journal.add(new Stretch(0, 10));
        }
        Files.delete(part());
        try (Journal journal = open("b")) {
            assertEquals(0, journal.bytes());
        }
    }

    @Test
    void letsNoTwoDownloadsWriteOneFile() throws IOException {
        try (Journal journal = open("a")) {
            assertThrows(UserError.class, () -> open("a"));
            journal.add(new Stretch(0, 1));
        }
    }
}
