package io.personalive.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.cli.console.UserError;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.CheckpointException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.UnknownHostException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import picocli.CommandLine.Command;

class PersonaLiveTest {
    /** A verb that fails. */
    @Command(name = "fails")
    private record Failing(Throwable failure) implements Callable<Integer> {
        @Override
        public Integer call() throws Exception {
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        }
    }

    private static Result failing(Throwable failure, String... arguments) {
        return CommandLineTesting.run(new Failing(failure), List.of(arguments));
    }

    private static void assertOneLine(Throwable failure, int exitCode, String message) {
        Result result = failing(failure);
        assertEquals("personalive: " + message, result.err().strip());
        assertEquals(exitCode, result.exitCode());
        assertEquals("", result.out());
    }

    @Test
    void tellsItsVersion() {
        Result result = CommandLineTesting.run("--version");
        assertEquals(0, result.exitCode());
        assertTrue(result.out().matches("personalive \\d+\\.\\d+\\.\\d+\\S*\\s+"), result.out());
    }

    @Test
    void listsItsVerbs() {
        Result result = CommandLineTesting.run("--help");
        assertEquals(0, result.exitCode());
        assertTrue(result.out().contains("download"), result.out());
        assertEquals(0, CommandLineTesting.run("download", "--help").exitCode());
    }

    @Test
    void aMisspeltOptionIsToldWithTheNearest() {
        String misspelt = CommandLineTesting.run("train", "stage1", "--dta=packed", "--output", "run").err();
        assertTrue(misspelt.startsWith("personalive: there is no option --dta, perhaps --data is meant"), misspelt);
        String required = CommandLineTesting.run("train", "stage1", "--ouput", "run").err();
        assertTrue(required.startsWith("personalive: there is no option --ouput, perhaps --output is meant"), required);
    }

    @Test
    void wrongUsageIsTwoLinesAndExitCode2() {
        for (String[] wrong : new String[][] {{}, {"dance"}, {"download", "--colour", "red"}, {"download", "--connections", "many"}}) {
            Result result = CommandLineTesting.run(wrong);
            assertEquals(2, result.exitCode(), String.join(" ", wrong));
            assertTrue(result.err().startsWith("personalive: "), result.err());
            assertFalse(result.err().contains("\tat "), result.err());
        }
    }

    @Test
    void whatTheUserCanPutRightIsOneLineAndExitCode2() {
        assertOneLine(new UserError("the portrait is 3 pixels wide: give a larger one"), 2,
                "the portrait is 3 pixels wide: give a larger one");
        assertOneLine(new IllegalArgumentException("device 'tpu' is unknown"), 2, "device 'tpu' is unknown");
        assertOneLine(new CheckpointException("unet.pth is cut off: download it again"), 2, "unet.pth is cut off: download it again");
    }

    @Test
    void filesAndNetworksThatFailAreReadable() throws IOException {
        IOException missing = null;
        try {
            Files.newInputStream(Path.of("portrait.png"));
        } catch (IOException thrown) {
            missing = thrown;
        }
        assertOneLine(missing, 2, "portrait.png: no such file or folder");
        assertOneLine(new UncheckedIOException(new AccessDeniedException("out.mp4")), 2, "out.mp4: no permission to read or write it");
        assertOneLine(new IOException("driver.mp4 holds no picture"), 2, "driver.mp4 holds no picture");
        assertOneLine(new IOException(), 2, "reading or writing failed (IOException)");
        assertTrue(failing(new UnknownHostException("hub.example")).err().contains("check the network"));
    }

    @Test
    void aFaultOfTheProgramIsExitCode1AndTellsHowToSeeMore() {
        for (Throwable fault : List.of(new IllegalStateException("impossible"), new UnsatisfiedLinkError("no jnitorch"),
                new IllegalArgumentException())) {
            Result result = failing(fault);
            assertEquals(1, result.exitCode());
            assertTrue(result.err().contains("--stacktrace"), result.err());
            assertEquals(1, result.err().strip().lines().count(), result.err());
        }
    }

    /** What libtorch says on the processor is really its own here. */
    @Test
    void whereMemoryRanOutItSaysWhatWasAskedForAndWhatToChange() {
        RuntimeException processor = assertThrows(RuntimeException.class, () -> Tensors.empty(ScalarType.Float, 1L << 45));
        for (String part : List.of("140737.5 GB were asked for", "GB are free", "--precision")) {
            assertTrue(failing(processor).err().contains(part), failing(processor).err());
        }
        RuntimeException card = new RuntimeException("CUDA out of memory. Tried to allocate 20.00 MiB. GPU 1 has a total capacity of 79.15 GiB "
                + "of which 12.25 MiB is free. Process 7 has 79.13 GiB memory in use.\nException raised from malloc");
        String said = failing(card).err();
        assertTrue(said.contains("on the card cuda:1: 20.00 MiB were asked for, 12.25 MiB are free.") && said.strip().lines().count() == 1, said);
        assertTrue(failing(new OutOfMemoryError("Java heap space")).err().contains("-Xmx4g"));
    }

    @Test
    void stacktraceShowsWhereItArose() {
        for (Result result : List.of(failing(new IllegalStateException("impossible"), "--stacktrace"),
                failing(new UserError("wrong"), "--stacktrace"))) {
            assertTrue(result.err().contains("at io.personalive.cli.PersonaLiveTest"), result.err());
        }
    }
}
