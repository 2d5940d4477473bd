package io.personalive.torch.weights;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files saved by PyTorch itself, where the folder shared/ lies beside the project. */
class GoldenCheckpointsTest {
    private static final Path FOLDER = Path.of("../../shared/goldens/checkpoints");
    private static final int[] WIDTHS = {16, 16, 32, 32, 96, 96, 256};

    @BeforeEach
    void needsFolder() {
        assumeTrue(Files.isDirectory(FOLDER), "shared/goldens/checkpoints is not here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"micro/personalive", "views", "state-dict", "nested"})
    void everyWayToSaveThePoseGuiderGivesTheSameTensors(String folder) {
        try (Scope scope = new Scope(); Checkpoint file = Checkpoint.open(FOLDER.resolve(folder).resolve("pose_guider.pth"))) {
            assertEquals(16, file.names().size());
            SyntheticTensors formula = new SyntheticTensors("pose-guider");
            for (String name : file.names()) {
                long[] shape = file.shape(name, null);
                boolean bfloat16 = file.tensors().get(name).type() == ElementType.BF16;
                Tensor expected = Tensors.to(formula.read(name, shape, Device.CPU, ScalarType.Half),
                        bfloat16 ? ScalarType.BFloat16 : ScalarType.Float);
                assertArrayEquals(Tensors.floats(expected),
                        Tensors.floats(file.read(name, shape, Device.CPU, ScalarType.Float)), 0, name);
            }
        }
    }

    @Test
    void oldAttentionNamesAreMappedByTheCaller() {
        Checkpoint old = Checkpoint.open(FOLDER.resolve("vae-old-names/diffusion_pytorch_model.bin"));
        try (Scope scope = new Scope();
                Checkpoint file = Checkpoint.open(FOLDER.resolve("micro/sd-vae-ft-mse/diffusion_pytorch_model.safetensors"));
                RenamedTensors renamed = new RenamedTensors(old, name -> name.replaceFirst("\\.query\\.", ".to_q.")
                        .replaceFirst("\\.key\\.", ".to_k.").replaceFirst("\\.value\\.", ".to_v.")
                        .replaceFirst("\\.proj_attn\\.", ".to_out.0."))) {
            assertEquals(Set.copyOf(file.names()), Set.copyOf(renamed.names()));
            for (String name : file.names()) {
                long[] shape = file.shape(name, null);
                assertArrayEquals(shape, renamed.shape(name, shape), name);
                assertArrayEquals(Tensors.floats(file.read(name, shape, Device.CPU, ScalarType.Float)),
                        Tensors.floats(renamed.read(name, shape, Device.CPU, ScalarType.Float)), 0, name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "legacy/pose_guider.pth | torch.save(torch.load(",
        "truncated/pose_guider.pth | incomplete or damaged",
        "truncated/vae.safetensors | incomplete or damaged",
        "malicious/pose_guider.pth | posix.system",
        "malicious/empty.safetensors | is empty",
        "malicious/huge-header.safetensors | header claims 1152921504606846976 bytes",
        "malicious/offsets-outside.safetensors | tensor a ends at byte 1099511627776",
        "malicious/overlapping.safetensors | tensor b overlaps",
        "malicious/shape-overflow.safetensors | tensor a has a shape"})
    void whatCannotBeUsedIsRefusedInOneLine(String name, String reason) {
        Path path = FOLDER.resolve(name);
        String message = assertThrows(CheckpointException.class, () -> Checkpoint.open(path)).getMessage();
        assertTrue(message.startsWith(path.toString()), message);
        assertTrue(message.contains(reason), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void missingMisshapenAndUnexpectedAreNamedAtOnce() {
        Checkpoint file = Checkpoint.open(FOLDER.resolve("wrong/pose_guider.pth"));
        String message = assertThrows(CheckpointException.class,
                () -> Weights.build(file, Device.CPU, ScalarType.Float, GoldenCheckpointsTest::poseGuider)).getMessage();
        assertTrue(message.contains("missing: blocks.2.bias (32)"), message);
        assertTrue(message.contains("misshapen: blocks.1.weight is (8, 8, 3, 3), expected (32, 16, 3, 3)"), message);
        assertTrue(message.contains("unexpected: blocks.77.weight (3)"), message);
        assertTrue(message.contains("3 tensors"), message);
    }

    @Test
    void aFittingFileBuilds() {
        Checkpoint file = Checkpoint.open(FOLDER.resolve("micro/personalive/pose_guider.pth"));
        try (var loaded = Weights.build(file, Device.CPU, ScalarType.Float, GoldenCheckpointsTest::poseGuider)) {
            assertEquals(16, loaded.parameters().size());
            assertFalse(loaded.network().isNull());
        }
    }

    /** Asks for what the pose guider of the micro configuration is made of. */
    private static Tensor poseGuider(Weights weights) {
        convolution(weights.at("conv_in"), 3, 16);
        for (int i = 0; i + 1 < WIDTHS.length; i++) {
            convolution(weights.at("blocks").at(i), WIDTHS[i], WIDTHS[i + 1]);
        }
        return convolution(weights.at("conv_out_modify"), 256, 32);
    }

    private static Tensor convolution(Weights weights, int in, int out) {
        weights.get("bias", out);
        return weights.get("weight", out, in, 3, 3);
    }
}
