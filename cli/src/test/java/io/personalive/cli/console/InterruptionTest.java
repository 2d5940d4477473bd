package io.personalive.cli.console;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InterruptionTest {
    @TempDir
    private Path folder;

    /** A program that runs until it is interrupted, and then takes its time to write a file. */
    static final class Verb {
        public static void main(String[] arguments) throws Exception {
            try (Interruption interruption = Interruption.waitingAtMost(Duration.ofMillis(Long.parseLong(arguments[1])))) {
                System.out.println("running");
                while (!interruption.requested()) {
                    Thread.sleep(10);
                }
                Thread.sleep(300);
                Files.writeString(Path.of(arguments[0]), "finished");
            }
            Thread.sleep(10_000);
        }
    }

    private Process interrupt(Path file, Duration patience) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
                System.getProperty("java.class.path"), Verb.class.getName(), file.toString(), "" + patience.toMillis())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        BufferedReader out = process.inputReader();
        assertEquals("running", out.readLine());
        process.destroy();
        assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        return process;
    }

    @Test
    void theProcessEndsOnceTheVerbHasFinishedItsFile() throws Exception {
        Path file = folder.resolve("out.txt");
        assertNotEquals(0, interrupt(file, Duration.ofSeconds(20)).exitValue());
        assertEquals("finished", Files.readString(file));
    }

    @Test
    void patienceHasAnEnd() throws Exception {
        Path file = folder.resolve("out.txt");
        interrupt(file, Duration.ofMillis(50));
        assertFalse(Files.exists(file));
    }

    @Test
    void nothingIsRequestedAndNothingRemainsWithoutAnInterruption() {
        Interruption interruption = Interruption.waitingAtMost(Duration.ofSeconds(1));
        assertFalse(interruption.requested());
        interruption.close();
        assertFalse(interruption.requested());
    }
}
