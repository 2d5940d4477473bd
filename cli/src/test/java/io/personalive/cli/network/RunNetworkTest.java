package io.personalive.cli.network;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.weights.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files in, files out, against the authors' networks: as somebody checks a port. */
class RunNetworkTest {
    private static final String NETWORKS = "../networks/src/test/resources/goldens/mini/", PICTURES = "../animation/src/test/resources/goldens/mini/";
    /** As in the networks' own tests: sums in another order. */
    private static final double SAME = 1e-4;

    @TempDir
    private Path folder;

    private Path output() {
        return folder.resolve("output.safetensors");
    }

    private Result run(String name, String weights, String input, String... more) {
        List<String> arguments = new ArrayList<>(List.of("run-network", name, "--weights", weights, "--input", input, "--output", output().toString()));
        arguments.addAll(List.of(more));
        return CommandLineTesting.run(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @CsvSource({"vae-encoder," + NETWORKS + "vae-encoder", "vae-decoder," + NETWORKS + "vae-decoder", "tiny-encoder," + NETWORKS + "tiny-encoder",
            "tiny-decoder," + NETWORKS + "tiny-decoder", "image-encoder," + NETWORKS + "image-encoder", "reference-unet," + NETWORKS + "reference-unet",
            "denoising-unet," + NETWORKS + "denoising-unet", "face-boxes," + NETWORKS + "face-boxes",
            "portrait-preprocess," + PICTURES + "portrait-preprocess-wide"})
    void givesTheAuthorsNumbers(String name, String golden) {
        Result result = run(name, "synthetic:mini", golden + ".input.safetensors");

        assertEquals(0, result.exitCode(), result.err());
        try (Scope scope = new Scope(); Checkpoint expected = Checkpoint.open(Path.of(golden + ".output.safetensors"));
                Checkpoint found = Checkpoint.open(output())) {
            assertEquals(expected.names(), found.names());
            for (String tensor : expected.names()) {
                double error = Comparison.relativeError(numbers(found, tensor), numbers(expected, tensor));
                assertTrue(error < SAME, tensor + " differs by " + error);
            }
        }
    }

    private static Tensor numbers(Checkpoint file, String tensor) {
        return file.read(tensor, file.shape(tensor, null), Device.CPU, ScalarType.Float);
    }

    @Test
    void roundsLeastUnlessAskedOtherwise() {
        String help = CommandLineTesting.run("run-network", "--help").out();
        assertTrue(help.contains("(default: cpu)") && help.contains("(default: float32)") && help.contains("--threads"), help);
        String input = NETWORKS + "tiny-decoder.input.safetensors";
        Result rounded = run("tiny-decoder", "synthetic:mini", input, "--precision", "bfloat16", "--threads", "1");
        assertEquals(0, rounded.exitCode(), rounded.err());
    }

    @Test
    void whatIsWrongIsOneLineAndLeavesNoFile() {
        String input = NETWORKS + "vae-decoder.input.safetensors";
        assertRefused("there is no network 'vae': use one of vae-encoder", run("vae", "synthetic:mini", input));
        assertRefused("lacks the input 'images'", run("vae-encoder", "synthetic:mini", input));
        assertRefused("synthetic:huge", run("vae-decoder", "synthetic:huge", input));
        assertRefused("device 'tpu' is unknown", run("vae-decoder", "synthetic:mini", input, "--device", "tpu"));
        assertRefused("nothing.safetensors", run("vae-decoder", "synthetic:mini", folder.resolve("nothing.safetensors").toString()));
    }

    private void assertRefused(String message, Result result) {
        assertEquals(2, result.exitCode(), result.err());
        assertTrue(result.err().contains(message) && result.err().strip().lines().count() == 1, result.err());
        assertFalse(Files.exists(output()));
    }
}
