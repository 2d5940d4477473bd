package io.personalive.animation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.weights.CheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelFileTest {
    @TempDir
    private Path folder;

    @Test
    void anEmptyDescriptionIsTheAuthorsModel() throws IOException {
        assertEquals(ModelConfig.named("personalive"), read("{}"));
    }

    @Test
    void everyFieldIsWrittenAndReadBack() throws IOException {
        Path file = folder.resolve("a/model.json");
        ModelFile.write(file, ModelConfig.named("mini"));
        assertEquals(ModelConfig.named("mini"), ModelFile.read(file));
    }

    @Test
    void whatIsNoJsonIsRefused() {
        assertTrue(refusal("{\"frame_size\": 256").contains("not valid JSON in line 1"));
        assertTrue(refusal("{\"frame_size\": 256} {}").contains("not valid JSON"));
        assertTrue(refusal("{\"frame_size\": 256,\n}").contains("not valid JSON in line 2, column 1"));
        assertTrue(refusal("{\"frame_size\": 256, \"frame_size\": 512}").contains("Duplicate field 'frame_size'"));
        assertTrue(refusal("{\n // a remark\n}").endsWith("in line 2, column 2: Unexpected character ('/' (code 47)): maybe a (non-standard) comment?"));
        assertTrue(refusal("{\"window\": {}").endsWith("Unexpected end-of-input: expected close marker for Object"));
        assertTrue(refusal("[".repeat(2000)).endsWith("Document nesting depth (1001) exceeds the maximum allowed (1000)"));
        assertTrue(refusal("").contains("the file is empty"));
        assertTrue(refusal("[]").contains("the file is []"));
        assertTrue(refusal("[" + "1, ".repeat(10_000) + "1]").length() < 500);
    }

    @Test
    void whatAnEditorPutsInFrontIsNoMatter() throws IOException {
        assertEquals(ModelConfig.named("personalive"), read("\uFEFF{}"));
        Files.write(folder.resolve("model.json"), "{\"frame_size\": 256}".getBytes(StandardCharsets.UTF_16LE));
        assertEquals(256, ModelFile.read(folder.resolve("model.json")).frameSize());
    }

    /** The description, what its complaint says of the field and its value, and of what is right. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{'frame_size': 500}|frame_size is 500|multiple of 64",
        "{'frame_size': 2147483584}|frame_size is 2147483584|up to 8192 pixels",
        "{'frame_size': 16384}|frame_size is 16384|up to 8192 pixels",
        "{'optimizer': 1}|optimizer is 1|expected one of kind, frame_size, window",
        "{'frame_size': 0}|frame_size is 0|multiple of 64",
        "{'frame_size': null}|frame_size is null|whole number",
        "{'frame_size': 99999999999}|frame_size is 99999999999|up to 2147483647",
        "{'kind': 'moved'}|kind is \"moved\"|\"generated-portrait\" or \"moved-portrait\"",
        "{'kind': 'moved-portrait'}|kind is \"moved-portrait\"|\"generated-portrait\"",
        "{'unet': null}|unet is null|an object with fields",
        "{'frame_size': 'large'}|frame_size is \"large\"|whole number",
        "{'frame_size': 512.5}|frame_size is 512.5|whole number",
        "{'frame_sise': 512}|frame_sise is 512|expected frame_size",
        "{'windows': {}}|windows is {}|expected window",
        "{'window': 4}|window is 4|an object with fields chunk_frames, timesteps",
        "{'window': {'chunk_frames': 0}}|window.chunk_frames is 0|positive whole number",
        "{'window': {'chunk_frames': 500}}|window.chunk_frames is 500|2000 frames, expected at most 1024",
        "{'window': {'timesteps': []}}|window.timesteps is []|one or more",
        "{'window': {'timesteps': [333, 333]}}|window.timesteps is [333, 333]|above the one before",
        "{'window': {'timesteps': [999, 0]}}|window.timesteps is [999, 0]|above the one before",
        "{'window': {'timesteps': [-1, 10]}}|window.timesteps is [-1, 10]|from 0 on",
        "{'window': {'timesteps': [0, 1000]}}|window.timesteps is [0, 1000]|below 1000",
        "{'window': {'timesteps': 999}}|window.timesteps is 999|list of whole numbers",
        "{'window': {'timesteps': [0, 99999999999]}}|window.timesteps is [0,99999999999]|up to 2147483647",
        "{'window': {'timestep': [0]}}|window.timestep is [0]|expected window.timesteps",
        "{'schedule': {'steps': 0}}|schedule.steps is 0|1 to 1000000",
        "{'schedule': {'first_beta': 0}}|schedule.first_beta is 0.0|positive number",
        "{'schedule': {'first_beta': 0.5}}|schedule.first_beta is 0.5|at most last_beta",
        "{'schedule': {'last_beta': 1}}|schedule.last_beta is 1.0|below 1",
        "{'schedule': {'first_beta': NaN}}|schedule.first_beta is \"NaN\"|a number",
        "{'schedule': {'last_beta': 1e999}}|schedule.last_beta is|a number",
        "{'schedule': {'prediction': 'noise'}}|schedule.prediction is \"noise\"|\"epsilon\" or \"v_prediction\" or \"sample\"",
        "{'schedule': {'prediction': 1}}|schedule.prediction is 1|\"epsilon\"",
        "{'keyframes': {'threshold': -1}}|keyframes.threshold is -1.0|0 or more",
        "{'keyframes': {'threshold': Infinity}}|keyframes.threshold is \"Infinity\"|a number",
        "{'keyframes': {'first_chunk': -1}}|keyframes.first_chunk is -1|0 or more",
        "{'keyframes': {'most': -3}}|keyframes.most is -3|0 or more",
        "{'latents': {'factor': 7}}|latents.factor is 7|4, 8 or 16",
        "{'latents': {'channels': 0}}|latents.channels is 0|positive whole number",
        "{'latents': {'channels': 2000000000}}|latents.channels is 2000000000|up to 65536",
        "{'latents': {'mean': [0]}}|latents.mean is [0.0]|each of the 4 channels",
        "{'latents': {'deviation': [1, 1, 1, 0]}}|latents.deviation is [1.0, 1.0, 1.0, 0.0]|positive number for each",
        "{'autoencoder': {'block_out_channels': [32, 64]}}|autoencoder.block_out_channels is [32, 64]|4 levels",
        "{'autoencoder': {'block_out_channels': [32, 64, 64, 65]}}|has 65|multiples of 32",
        "{'autoencoder': {'layers_per_block': 0}}|autoencoder.layers_per_block is 0|positive whole number",
        "{'autoencoder': {'groups': 0}}|autoencoder.groups is 0|positive whole number",
        "{'autoencoder': {'groups': 24}}|autoencoder.block_out_channels has 128|multiples of 24",
        "{'autoencoder': {'kind': 'taesd'}}|autoencoder.kind is \"taesd\"|\"kl\" or \"tiny\"",
        "{'autoencoder': {'kind': 'tiny', 'layers_per_block': 2}}|autoencoder.layers_per_block is given|tiny_autoencoder.width",
        "{'tiny_autoencoder': {'width': 0}}|tiny_autoencoder.width is 0|positive whole number",
        "{'tiny_autoencoder': {'blocks': -3}}|tiny_autoencoder.blocks is -3|positive whole number",
        "{'image_encoder': {'patch_size': 15}}|image_encoder.patch_size is 15|divisor of image_size",
        "{'image_encoder': {'image_size': 225}}|image_encoder.patch_size is 14|divisor of image_size, 225",
        "{'unet': {'block_out_channels': []}}|unet.block_out_channels is []|one width a level",
        "{'unet': {'block_out_channels': [320, 100]}}|unet.block_out_channels has 100|multiples of 32 groups and of 8 heads",
        "{'unet': {'block_out_channels': [32, 64], 'heads': 12}}|unet.block_out_channels has 32|12 heads",
        "{'unet': {'block_out_channels': [32, 32, 32, 32, 32, 32, 32, 32, 32]}}|unet.block_out_channels is [32, 32|1 to 8",
        "{'unet': {'layers_per_block': 0}}|unet.layers_per_block is 0|positive whole number",
        "{'unet': {'layers_per_block': 2000000000}}|unet.layers_per_block is 2000000000|up to 1024",
        "{'unet': {'block_out_channels': [2147483616]}}|unet.block_out_channels is [2147483616]|up to 65536",
        "{'unet': {'levels': []}}|unet.levels has 0 levels|1 to 8",
        "{'unet': {'levels': [{'channels': 320, 'attention': ['self', 'self']}]}}|unet.levels[0].attention has self twice|each once",
        "{'unet': {'heads': 0}}|unet.heads is 0|positive whole number",
        "{'unet': {'groups': -1}}|unet.groups is -1|positive whole number",
        "{'unet': {'levels': 3}}|unet.levels is 3|a list of objects",
        "{'unet': {'levels': [{'layers': 2}]}}|unet.levels[0].channels is missing|whole number",
        "{'unet': {'levels': [{'channels': 32, 'attention': ['everything']}]}}|unet.levels[0].attention has everything|self, image, motion, temporal",
        "{'image_encoder': null, 'unet': {'levels': [{'channels': 32, 'attention': ['self', 'image']}]}}|unet.levels[0].attention is [self, image]|there is no image encoder",
        "{'unet': {'levels': [{'channels': 32}], 'block_out_channels': [32]}}|unet.block_out_channels is given beside unet.levels|one of them",
        "{'motion_encoder': {'image_size': 100}}|motion_encoder.image_size is 100|multiple of 8",
        "{'motion_encoder': {'widths': [64, 128]}}|motion_encoder.widths is [64, 128]|three widths",
        "{'motion_encoder': {'attention_width': 1000}}|motion_encoder.attention_width is 1000|multiple of 16",
        "{'motion_encoder': {'token_width': 15}}|motion_encoder.token_width is 15|even number",
        "{'motion_encoder': {'tokens': 1000000000}}|motion_encoder.tokens is 1000000000|up to 65536",
        "{'motion_encoder': {'token': 32}}|motion_encoder.token is 32|expected motion_encoder.tokens",
        "{'motion_extractor': {'depths': [3, 3]}}|motion_extractor.depths is [3, 3]|each of the 4 stages",
        "{'motion_extractor': {'depths': [3, 3, 9000, 3]}}|motion_extractor.depths is [3,3,9000,3]|up to 1024",
        "{'motion_extractor': {'image_size': 250}}|motion_extractor.image_size is 250|multiple of 32",
        "{'motion_extractor': {'keypoints': 20}}|keypoint_picture.keypoints has 20|below 20",
        "{'motion_extractor': {'angle_bins': 1}}|motion_extractor.angle_bins is 1|2 to 120",
        "{'pose_guider': {'widths': [16, 32]}}|pose_guider.widths is [16, 32]|4 widths",
        "{'pose_guider': {'widths': [16, 32, 96, -1]}}|pose_guider.widths is [16, 32, 96, -1]|positive whole numbers",
        "{'keypoint_picture': {'keypoints': [1, 1]}}|keypoint_picture.keypoints is [1, 1]|each once",
        "{'keypoint_picture': {'radius': -1}}|keypoint_picture.radius is -1|0 to 64",
        "{'keypoint_picture': {'colours': [[1, 2, 3]]}}|keypoint_picture.colours is [[1, 2, 3]]|7 keypoints",
    })
    void aWrongFieldIsNamedWithItsValueAndWhatIsRight(String description, String wrong, String right) {
        String message = refusal(description.replace('\'', '"'));
        assertTrue(message.startsWith(folder.resolve("model.json").toString()), message);
        assertTrue(message.contains(wrong), message);
        assertTrue(message.contains(right), message);
    }

    private String refusal(String description) {
        return assertThrows(CheckpointException.class, () -> read(description)).getMessage();
    }

    private ModelConfig read(String description) throws IOException {
        return ModelFile.read(Files.writeString(folder.resolve("model.json"), description));
    }
}
