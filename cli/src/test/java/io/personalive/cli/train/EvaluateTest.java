package io.personalive.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.media.image.Bgr;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import io.personalive.media.video.VideoWriter;
import io.personalive.torch.Scope;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.SafetensorsWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateTest {
    private static final int SIDE = 128, FRAMES = 6;

    @TempDir
    private Path folder;
    private Path clips, output;

    @BeforeEach
    void drawClips() throws IOException {
        clips = Files.createDirectory(folder.resolve("clips"));
        output = folder.resolve("report");
        clip("still", 0);
        clip("moving", 8);
    }

    /** A disc that goes a few pixels to the right in every frame. */
    private void clip(String id, int step) {
        try (VideoWriter writer = VideoWriter.open(clips.resolve(id + ".mp4"), SIDE, SIDE, FrameRate.DEFAULT, null)) {
            for (int i = 0; i < FRAMES; i++) {
                BufferedImage picture = Bgr.blank(SIDE, SIDE);
                Graphics2D graphics = picture.createGraphics();
                graphics.setColor(Color.ORANGE);
                graphics.fillOval(20 + i * step, 40, 48, 48);
                graphics.dispose();
                writer.write(picture);
            }
        }
    }

    private JsonNode report() throws IOException {
        return new ObjectMapper().readTree(output.resolve("report.json").toFile());
    }

    @Test
    void aRepeatedPortraitIsRightWhereNothingMoves() throws IOException {
        Result result = CommandLineTesting.run("evaluate", "--baselines-only", "--clips", clips.toString(), "--output", output.toString());

        assertEquals(0, result.exitCode(), result.err());
        JsonNode still = clip(report(), "still").path("baselines").path("portrait"), moving = clip(report(), "moving").path("baselines").path("portrait");
        assertEquals(0, still.path("l1").doubleValue(), 0.005);
        assertEquals(1, still.path("ssim").doubleValue(), 0.02);
        assertTrue(moving.path("l1").doubleValue() > 0.02, moving.toString());
        assertTrue(moving.path("temporal").doubleValue() > still.path("temporal").doubleValue());
        assertEquals("moving", report().path("moving_third").path("clips").path(0).asText());
        assertEquals(FRAMES - 1, clip(report(), "still").path("frames").intValue());
        assertTrue(report().path("missing").path("lpips").asText().contains("--lpips"), report().toString());
        assertTrue(report().path("missing").path("id_sim").asText().contains("--identity"), report().toString());
        assertTrue(still.path("lpips").isNull() && still.path("id_sim").isNull(), still.toString());
        assertTrue(Files.readString(output.resolve("report.md")).contains("| portrait |"));
        assertTrue(Files.readString(output.resolve("index.html")).contains("videos/moving.mp4"));
    }

    @Test
    void aModelStandsBesideTheBaselinesAndDrivesOthersOnRequest() throws IOException {
        Result result = CommandLineTesting.run("evaluate", "--model", "synthetic:micro", "--threads", "1", "--cross", "1", "--max-frames", "3",
                "--clips", clips.toString(), "--output", output.toString());

        assertEquals(0, result.exitCode(), result.err());
        JsonNode model = report().path("model");
        for (String metric : new String[] {"l1", "psnr", "ssim", "expression", "pose_degrees", "temporal"}) {
            assertTrue(Double.isFinite(model.path(metric).doubleValue()) && model.path(metric).isNumber(), model.toString());
            assertTrue(model.path("mouth").has(metric) && model.path("eyes").has(metric), model.toString());
        }
        assertEquals(1, report().path("cross").path("pairs").size());
        try (VideoReader video = VideoReader.open(output.resolve("videos/moving.mp4"))) {
            assertEquals(4 * SIDE, video.width());
        }
    }

    @Test
    void lpipsIsMeasuredWhereItsWeightsAre() throws IOException {
        Result result = CommandLineTesting.run("evaluate", "--baselines-only", "--max-frames", "3", "--lpips", alexNet(),
                "--clips", clips.toString(), "--output", output.toString());

        assertEquals(0, result.exitCode(), result.err());
        JsonNode still = clip(report(), "still").path("baselines").path("portrait"), moving = clip(report(), "moving").path("baselines").path("portrait");
        assertTrue(moving.path("lpips").doubleValue() > 2 * still.path("lpips").doubleValue(), report().toString());
        assertTrue(moving.path("tlp").isNumber() && !moving.path("mouth").has("lpips"), moving.toString());
        assertFalse(report().path("missing").has("lpips"));
        assertTrue(Files.readString(output.resolve("report.md")).contains("| LPIPS | tLP |"));
    }

    /** @return files of an AlexNet of random weights, as {@code --lpips} takes them */
    private String alexNet() throws IOException {
        long[][] convolutions = {{0, 64, 3, 11}, {3, 192, 64, 5}, {6, 384, 192, 3}, {8, 256, 384, 3}, {10, 256, 256, 3}};
        Map<String, Tensor> network = new LinkedHashMap<>(), linear = new LinkedHashMap<>();
        Path first = folder.resolve("alexnet.safetensors"), second = folder.resolve("lin.safetensors");
        try (Scope scope = new Scope()) {
            for (int depth = 0; depth < convolutions.length; depth++) {
                long[] each = convolutions[depth];
                network.put("features." + each[0] + ".weight", RandomTensors.of(depth, each[1], each[2], each[3], each[3]).mul(new Scalar(0.05)));
                network.put("features." + each[0] + ".bias", RandomTensors.of(10 + depth, each[1]).mul(new Scalar(0.1)));
                linear.put("lin" + depth + ".model.1.weight", RandomTensors.of(20 + depth, 1, each[1], 1, 1).abs());
            }
            SafetensorsWriter.write(first, network);
            SafetensorsWriter.write(second, linear);
        }
        return first + "," + second;
    }

    @Test
    void whatIsNoFaceRecognitionIsTold() throws IOException {
        Path other = Files.writeString(folder.resolve("other.onnx"), "no network");

        Result result = CommandLineTesting.run("evaluate", "--baselines-only", "--identity", other.toString(), "--clips", clips.toString(),
                "--output", output.toString());

        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains(other + " can't be used as a face-recognition network"), result.err());
        assertFalse(Files.exists(output));
    }

    @Test
    void aDamagedClipIsNamedAndLeftOut() throws IOException {
        Files.writeString(clips.resolve("damaged.mp4"), "no video");

        Result result = CommandLineTesting.run("evaluate", "--baselines-only", "--clips", clips.toString(), "--output", output.toString());

        assertEquals(0, result.exitCode(), result.err());
        assertTrue(report().path("left_out").has("damaged"), report().path("left_out").toString());
        assertEquals(2, report().path("clips").size());
    }

    @Test
    void aFolderWithoutVideosIsToldBeforeAnythingIsLoaded() throws IOException {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        Result result = CommandLineTesting.run("evaluate", "--model", "synthetic:personalive", "--clips", empty.toString(), "--output", output.toString());

        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains(empty + " holds no video"), result.err());
        assertFalse(Files.exists(output));
    }

    private static JsonNode clip(JsonNode report, String id) {
        for (JsonNode clip : report.path("clips")) {
            if (clip.path("id").asText().equals(id)) {
                return clip;
            }
        }
        throw new AssertionError("no clip " + id + " in " + report);
    }
}
