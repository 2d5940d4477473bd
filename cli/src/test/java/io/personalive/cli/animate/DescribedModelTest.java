package io.personalive.cli.animate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.animation.testing.SmallModel;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.media.video.FrameRate;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every verb that takes a model takes one whose description was written by hand. */
class DescribedModelTest {
    private static final int FRAMES = 5;

    @TempDir
    private Path folder;

    private Path model(String fields) throws IOException {
        Path model = folder.resolve("model");
        run("make-synthetic", "--config", SmallModel.write(folder.resolve("description.json"), fields), "--output", model);
        return model;
    }

    private static Result run(Object... arguments) {
        String[] all = new String[arguments.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = arguments[i].toString();
        }
        Result result = CommandLineTesting.run(all);
        assertEquals(0, result.exitCode(), String.join(" ", all) + "\n" + result.err());
        return result;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "one noise level, 96 pixels, no image encoder|96|'frame_size': 96, 'image_encoder': null, 'window': {'timesteps': [500]}",
        "micro-chunks of two, factor 16 with 16 channels, v prediction, 40 keypoints|64|"
            + "'window': {'chunk_frames': 2, 'timesteps': [0, 500, 999]}, 'schedule': {'prediction': 'v_prediction'},"
            + " 'latents': {'factor': 16, 'channels': 16}, 'pose_guider': {'widths': [8, 8, 8, 8, 8]},"
            + " 'autoencoder': {'block_out_channels': [32, 32, 32, 32, 32], 'layers_per_block': 1},"
            + " 'motion_extractor': {'image_size': 64, 'depths': [1, 1], 'widths': [8, 16], 'keypoints': 40}",
        "8 channels, sample prediction, temporal attention at one of three levels|64|'latents': {'channels': 8},"
            + " 'schedule': {'prediction': 'sample'}, 'unet': {'levels': ["
            + "{'channels': 32, 'layers': 1, 'attention': ['self', 'motion']},"
            + "{'channels': 32, 'layers': 1, 'attention': ['self', 'image', 'motion', 'temporal']},"
            + "{'channels': 64, 'layers': 1, 'attention': ['motion']}], 'middle': ['self', 'image']}",
    })
    void animatesAndIsInspectedAndMeasured(String name, int size, String fields) throws IOException {
        Path model = model(fields);
        Path portrait = Drawn.portrait(folder.resolve("portrait.png"));
        Path driving = Drawn.video(folder.resolve("driving.mp4"), FRAMES, FrameRate.DEFAULT, null);
        Path motion = folder.resolve("motion.safetensors"), figures = folder.resolve("figures.json");
        Path fromVideo = folder.resolve("from-video"), fromMotion = folder.resolve("from-motion");

        String report = run("inspect", model).out();
        assertTrue(report.contains("The model is complete") && !report.contains("closest"), report);

        run("extract-motion", "--model", model, "--driving", driving, "--output", motion);
        run("animate", "--model", model, "--reference", portrait, "--driving", driving, "--output", fromVideo);
        run("animate", "--model", model, "--reference", portrait, "--driving", motion, "--output", fromMotion);
        assertEquals(FRAMES, Drawn.frames(fromVideo).size());
        assertEquals(size, Drawn.frames(fromVideo).get(0).getWidth());
        for (int i = 0; i < FRAMES; i++) {
            String picture = "00000" + i + ".png";
            assertArrayEquals(Files.readAllBytes(fromVideo.resolve(picture)), Files.readAllBytes(fromMotion.resolve(picture)));
        }

        run("bench", "--model", model, "--threads", 1, "--warm-ups", 0, "--repeats", 1, "--seconds", 1, "--sessions", 2, "--beside",
                "--json", figures);
        JsonNode measured = new ObjectMapper().readTree(figures.toFile());
        assertEquals(2, measured.path("sessions").path("count").asInt());
        assertTrue(measured.path("sessions").path("ratio").asDouble() > 0);
        assertTrue(measured.path("frames_per_second").asDouble() > 0);
        for (String stage : List.of("driver", "motion", "unet", "decode")) {
            assertTrue(measured.path("step").path("stages").path(stage).asDouble() > 0, stage + " in " + measured.path("step"));
        }
        for (String network : List.of("vae-encoder", "reference-unet", "motion-extractor", "motion-encoder", "pose-guider", "denoising-unet", "vae-decoder")) {
            JsonNode timed = StreamSupport.stream(measured.path("networks").spliterator(), false)
                    .filter(each -> each.path("name").asText().equals(network)).findFirst().orElseThrow();
            assertTrue(timed.path("median_ms").asDouble() > 0 && timed.path("gflop").asDouble() > 0, timed.toString());
        }
    }

    @Test
    void itsNetworksRunOneByOne() throws IOException {
        Path model = model("'image_encoder': null, 'latents': {'channels': 8}, 'window': {'chunk_frames': 2, 'timesteps': [100, 900]},"
                + " 'motion_extractor': {'image_size': 64, 'depths': [1, 1], 'widths': [8, 16], 'keypoints': 40}");
        try (Scope scope = new Scope()) {
            Tensor latents = RandomTensors.of(1, 1, 8, 8, 8);
            assertShape(network("vae-encoder", model, Map.of("images", RandomTensors.of(1, 1, 3, 64, 64))), "latents", 1, 8, 8, 8);
            assertShape(network("vae-decoder", model, Map.of("latents", latents)), "images", 1, 3, 64, 64);
            assertShape(network("tiny-decoder", model, Map.of("latents", latents)), "images", 1, 3, 64, 64);
            assertShape(network("motion-encoder", model, Map.of("faces", RandomTensors.of(1, 2, 3, 64, 64))), "motion_tokens", 2, 32, 16);
            assertShape(network("motion-extractor", model, Map.of("images", RandomTensors.of(1, 2, 3, 64, 64))), "posed", 2, 40, 3);
            assertShape(network("pose-guider", model, Map.of("pictures", RandomTensors.of(1, 2, 3, 64, 64))), "pose_features", 2, 32, 8, 8);

            Map<String, Tensor> window = new LinkedHashMap<>(network("reference-unet", model, Map.of("latents", latents)));
            assertEquals(4, window.size(), "transformers of the finest level and the middle");
            window.put("latents", RandomTensors.of(2, 1, 8, 4, 8, 8));
            window.put("timesteps", Tensors.of(new long[] {100, 100, 900, 900}, 4));
            window.put("motion_tokens", RandomTensors.of(3, 1, 4, 32, 16));
            window.put("pose_features", RandomTensors.of(4, 1, 32, 4, 8, 8));
            assertShape(network("denoising-unet", model, window), "noise", 1, 8, 4, 8, 8);

            Map<String, Tensor> stream = Map.of("portrait", bytes(80, 70, 3), "driving", bytes(6, 64, 64, 3),
                    "noise.initial", RandomTensors.of(5, 1, 8, 2, 8, 8), "noise.chunks", RandomTensors.of(6, 3, 8, 2, 8, 8));
            Map<String, Tensor> streamed = network("stream", model, stream);
            assertShape(streamed, "latents", 3, 2, 8, 8, 8);
            assertShape(streamed, "frames", 6, 64, 64, 3);
        }
    }

    private Map<String, Tensor> network(String name, Path model, Map<String, Tensor> inputs) throws IOException {
        Path input = folder.resolve("input.safetensors"), output = folder.resolve("output.safetensors");
        SafetensorsWriter.write(input, inputs);
        run("run-network", name, "--weights", model, "--input", input, "--output", output);
        Map<String, Tensor> outputs = new LinkedHashMap<>();
        try (Checkpoint file = Checkpoint.open(output)) {
            file.tensors().forEach((key, entry) ->
                    outputs.put(key, file.read(key, entry.shape(), Device.CPU, ScalarType.Float).clone()));
        }
        return outputs;
    }

    private static void assertShape(Map<String, Tensor> outputs, String name, long... shape) {
        assertArrayEquals(shape, Tensors.shape(outputs.get(name)), name);
    }

    private static Tensor bytes(long... shape) {
        return RandomTensors.of(7, shape).abs().mul(new Scalar(255.0)).to(ScalarType.Byte);
    }
}
