package io.personalive.cli.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.moved.PaintedPortrait;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
    @TempDir
    private Path folder;

    @Test
    void showsThePaintedPortraitBesideItsAnimation() {
        Path file = folder.resolve("demo.mp4");
        Result result = CommandLineTesting.run("demo", "--output", file.toString(), "--performance", "speech", "--max-frames",
                "3", "--threads", "1");

        assertEquals(0, result.exitCode(), result.err());
        try (VideoReader video = VideoReader.open(file, 0, FrameRate.DEFAULT)) {
            assertEquals(512, video.width());
            assertEquals(256, video.height());
            for (int i = 0; i < 3; i++) {
                assertTrue(video.next() != null, "frame " + i + " is missing");
            }
            assertTrue(video.next() == null);
        }
    }

    @Test
    void aPerformanceThatIsntThereIsAnsweredWithThoseThatAre() {
        Result result = CommandLineTesting.run("demo", "--output", folder.resolve("demo.mp4").toString(), "--performance", "opera");

        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("GREETING"), result.err());
        assertTrue(Files.notExists(folder.resolve("demo.mp4")));
    }

    @Test
    void motionOfNanoIsExtractedAndPlayedByAnyPortrait() throws IOException {
        Path driver = folder.resolve("driver.mp4"), motion = folder.resolve("motion.safetensors"), out = folder.resolve("out.mp4");
        assertEquals(0, CommandLineTesting.run("demo", "--output", driver.toString(), "--max-frames", "3").exitCode());
        Result extracted = CommandLineTesting.run("extract-motion", "--driving", driver.toString(), "--output", motion.toString(),
                "--crop", "none");
        assertEquals(0, extracted.exitCode(), extracted.err());
        Path portrait = folder.resolve("portrait.png");
        ImageIO.write(PaintedPortrait.picture(), "png", portrait.toFile());
        Result animated = CommandLineTesting.run("animate", "--reference", portrait.toString(), "--driving",
                motion.toString(), "--output", out.toString(), "--crop", "none");

        assertEquals(0, animated.exitCode(), animated.err());
        assertTrue(animated.err().contains("3 frames of 256 x 256 pixels"), animated.err());
    }
}
