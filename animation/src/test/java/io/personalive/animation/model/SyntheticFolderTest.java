package io.personalive.animation.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.stream.AnimationStream;
import io.personalive.animation.stream.Chunk;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.SafetensorsWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders in the official layout: whole ones, and what is said of those with something wrong. */
class SyntheticFolderTest {
    @TempDir
    private static Path shared;
    private static Path mini;

    @TempDir
    private Path folder;

    @BeforeAll
    static void make() throws IOException {
        mini = shared.resolve("models/mini");
        SyntheticFolder.write(mini, ModelConfig.named("mini"));
    }

    @Test
    void animatesAsTheModelItWasMadeOf() {
        assertArrayEquals(latents("synthetic:mini"), latents(mini.toString()), 1e-4f);
    }

    @Test
    void nothingIsLeftBesideIt() throws IOException {
        try (Stream<Path> beside = Files.list(mini.getParent())) {
            assertEquals(List.of(mini), beside.toList());
        }
    }

    @Test
    void saysTheSizesItWasMadeWith() {
        assertEquals(ModelConfig.named("mini"), ModelConfig.read(mini));
    }

    @Test
    void aFolderThatHoldsSomethingIsLeftAlone() {
        assertThrows(DirectoryNotEmptyException.class, () -> SyntheticFolder.write(mini, ModelConfig.named("micro")));
        assertEquals(ModelConfig.named("mini"), ModelConfig.read(mini));
    }

    @Test
    void missingFilesAreNamedAllAtOnce() throws IOException {
        linkMini();
        Files.delete(folder.resolve("personalive/temporal_module.safetensors"));
        Files.delete(folder.resolve("personalive/pose_guider.safetensors"));
        Files.delete(folder.resolve("taesd/diffusion_pytorch_model.safetensors"));

        String message = assertThrows(CheckpointException.class, () -> ModelSource.parse(folder.toString())).getMessage();

        assertEquals(List.of("  personalive/pose_guider.pth (or .safetensors, .bin)",
                        "  personalive/temporal_module.pth (or .safetensors, .bin)"),
                message.lines().filter(line -> line.startsWith("  ")).toList());
    }

    @Test
    void theTinyAutoencoderMayBeAbsent() throws IOException {
        linkMini();
        Files.delete(folder.resolve("taesd/diffusion_pytorch_model.safetensors"));

        ModelSource model = ModelSource.parse(folder.toString());

        assertTrue(model.has(NetworkName.AUTOENCODER));
        assertTrue(!model.has(NetworkName.TINY_AUTOENCODER));
        String message = assertThrows(CheckpointException.class, () -> model.open(NetworkName.TINY_AUTOENCODER)).getMessage();
        assertTrue(message.contains("taesd/diffusion_pytorch_model"), message);
    }

    @Test
    void wrongTensorsAreNamedAllAtOnce() throws IOException {
        linkMini();
        Path file = folder.resolve("personalive/pose_guider.safetensors");
        try (Scope scope = new Scope(); Checkpoint guider = Checkpoint.open(file)) {
            Map<String, Tensor> tensors = new TreeMap<>();
            for (String name : guider.names()) {
                tensors.put(name, guider.read(name, guider.shape(name, null), Device.CPU, ScalarType.Float).clone());
            }
            tensors.remove("blocks.0.bias");
            tensors.put("blocks.0.weight", Tensors.zeros(ScalarType.Float, 16, 3));
            tensors.put("blocks.99.weight", Tensors.zeros(ScalarType.Float, 1));
            Files.delete(file);
            SafetensorsWriter.write(file, tensors);
        }

        String message = assertThrows(CheckpointException.class, () -> load(folder.toString()).close()).getMessage();

        assertTrue(message.startsWith(file + " does not fit: 3 tensors differ"), message);
        assertTrue(message.contains("missing: blocks.0.bias (") && message.contains("misshapen: blocks.0.weight is (16, 3), expected (")
                && message.contains("unexpected: blocks.99.weight (1)"), message);
    }

    @Test
    void filesOfTheDenoisingUNetMustCoverItTogether() throws IOException {
        linkMini();
        Path temporal = folder.resolve("personalive/temporal_module.safetensors");
        Files.delete(temporal);
        SafetensorsWriter.write(temporal, Map.of());

        String message = assertThrows(CheckpointException.class, () -> load(folder.toString()).close()).getMessage();

        // 21 modules of 26 tensors; the position codes are computed
        assertTrue(message.contains("does not fit: 546 tensors differ"), message.lines().findFirst().orElse(""));
    }

    /** Hard links: a test may remove files, and must not write into one. */
    private void linkMini() throws IOException {
        try (Stream<Path> files = Files.walk(mini)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path link = folder.resolve(mini.relativize(file));
                Files.createDirectories(link.getParent());
                Files.createLink(link, file);
            }
        }
    }

    private static AnimationModel load(String model) {
        return AnimationModel.load(ModelSource.parse(model), Device.CPU, Precision.FLOAT32, false);
    }

    /** The portrait's own face for one micro-chunk, after the run-in. */
    private static float[] latents(String name) {
        BufferedImage picture = new BufferedImage(128, 128, BufferedImage.TYPE_3BYTE_BGR);
        picture.createGraphics().fillOval(30, 20, 60, 80);
        try (AnimationModel model = load(name);
                Portrait portrait = model.portrait(picture);
                AnimationStream stream = model.stream(portrait, StreamOptions.seeded(1))) {
            List<MotionFrame> still = Collections.nCopies(4, portrait.motion());
            stream.push(still).close();
            try (Chunk chunk = stream.push(still)) {
                return Tensors.floats(chunk.latents());
            }
        }
    }
}
