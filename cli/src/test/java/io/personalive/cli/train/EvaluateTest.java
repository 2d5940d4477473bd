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
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        assertTrue(report().path("missing").has("lpips") && report().path("missing").has("id_sim"));
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
