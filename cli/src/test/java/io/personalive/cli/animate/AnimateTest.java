package io.personalive.cli.animate;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.motion.MotionTemplate;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.media.AiMark;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimateTest {
    private static final int SIZE = 128; // frames of synthetic:micro
    private static final Path DATA = Path.of("..", "..", "shared", "data");

    @TempDir
    private Path folder;
    private Path portrait;

    @BeforeEach
    void drawPortrait() throws IOException {
        portrait = Drawn.portrait(folder.resolve("portrait.png"));
    }

    /** Runs a verb on the smallest model, which has to succeed. */
    private static Result run(String verb, Object... arguments) {
        List<String> all = new ArrayList<>(List.of(verb, "--model", "synthetic:micro", "--threads", "1"));
        Stream.of(arguments).forEach(argument -> all.add(argument.toString()));
        Result result = CommandLineTesting.run(all.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.err());
        return result;
    }

    private List<String> left() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    /** Whether a colour is as drawn, as far as an encoder keeps it. */
    private static void assertColour(Color expected, BufferedImage picture, int x, int y) {
        Color found = new Color(picture.getRGB(x, y));
        int away = Math.abs(expected.getRed() - found.getRed()) + Math.abs(expected.getGreen() - found.getGreen())
                + Math.abs(expected.getBlue() - found.getBlue());
        assertTrue(away < 45, "at " + x + ", " + y + " is " + found + ", expected " + expected);
    }

    @Test
    void aVideoKeepsItsLengthRateAndSoundAndIsMarked() throws IOException {
        FrameRate rate = new FrameRate(30_000, 1001);
        AudioSource tone = new AudioSource(Drawn.tone(folder.resolve("tone.wav"), 1), 0);
        Path driving = Drawn.video(folder.resolve("driving.mp4"), 6, rate, tone);
        Path output = folder.resolve("out.mp4");

        Result result = run("animate", "--reference", portrait, "--driving", driving, "--output", output);

        assertTrue(result.err().contains("no face found in " + portrait + "; using the whole picture"), result.err());
        assertTrue(result.err().contains("no face found at the beginning of " + driving), result.err());
        assertTrue(result.err().contains(output + ": 6 frames of 128 x 128 pixels"), result.err());
        try (VideoReader written = VideoReader.open(output)) {
            assertEquals(rate, written.frameRate());
            assertEquals(SIZE, written.width());
            assertEquals(SIZE, written.height());
            assertTrue(written.audio().isPresent());
        }
        assertEquals(6, Drawn.frames(output).size());
        assertTrue(new String(Files.readAllBytes(output), StandardCharsets.ISO_8859_1).contains(AiMark.DIGITAL_SOURCE_TYPE));
        assertEquals(List.of("driving.mp4", "out.mp4", "portrait.png", "tone.wav"), left());
    }

    @Test
    void aSingleFrameGivesOne() {
        Path driving = Drawn.video(folder.resolve("driving.mp4"), 1, FrameRate.DEFAULT, null);
        Path output = folder.resolve("out.gif");
        run("animate", "--reference", portrait, "--driving", driving, "--output", output);
        assertEquals(1, Drawn.frames(output).size());
    }

    @Test
    void storedMotionGivesTheSamePicturesAsTheVideo() throws IOException {
        Path driving = Drawn.video(folder.resolve("driving.mp4"), 12, FrameRate.DEFAULT, null);
        Path motion = folder.resolve("motion.safetensors");
        Path fromVideo = folder.resolve("from-video"), fromMotion = folder.resolve("from-motion");

        run("extract-motion", "--driving", driving, "--output", motion, "--start", "0:00.12", "--max-frames", 5);
        run("animate", "--reference", portrait, "--driving", driving, "--output", fromVideo, "--start", "0.12", "--max-frames", 5);
        run("animate", "--reference", portrait, "--driving", motion, "--output", fromMotion);

        assertEquals(5, Drawn.frames(fromVideo).size());
        for (int i = 0; i < 5; i++) {
            String name = String.format("%06d.png", i);
            assertArrayEquals(Files.readAllBytes(fromVideo.resolve(name)), Files.readAllBytes(fromMotion.resolve(name)), name);
        }
        assertEquals(List.of("driving.mp4", "from-motion", "from-video", "motion.safetensors", "portrait.png"), left());
    }

    @Test
    void picturesOfAFolderStandBetweenThePortraitAndTheirAnswers() throws IOException {
        Path driving = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < 5; i++) {
            ImageIO.write(Drawn.picture(128, 96, Color.RED, i / 4.0), "png", driving.resolve(i + ".png").toFile());
        }
        Path output = folder.resolve("out.webm");

        run("animate", "--reference", portrait, "--driving", driving, "--output", output, "--frame-rate", 10, "--side-by-side");

        List<BufferedImage> frames = Drawn.frames(output);
        assertEquals(5, frames.size());
        try (VideoReader written = VideoReader.open(output)) {
            assertEquals(new FrameRate(10, 1), written.frameRate());
        }
        for (int i : new int[] {0, 4}) {
            BufferedImage row = frames.get(i);
            assertEquals(3 * SIZE, row.getWidth());
            assertEquals(SIZE, row.getHeight());
            assertColour(Drawn.SKY, row, 20, 15);
            assertColour(Drawn.GROUND, row, 20, 113);
            assertColour(Color.ORANGE, row, SIZE / 2, SIZE / 2 - 5);
            assertColour(Drawn.SKY, row, SIZE + 20, 15);
            assertColour(Color.RED, row, i == 0 ? SIZE + 14 : 2 * SIZE - 16, SIZE / 2 - 5);
        }
    }

    @Test
    void aDriverThatIsCutOffIsAnsweredAndToldByTheExitCode() throws IOException {
        byte[] whole = Files.readAllBytes(Drawn.video(folder.resolve("driving.mp4"), 20, FrameRate.DEFAULT, null));
        Path driving = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, whole.length * 6 / 10));
        Path output = folder.resolve("out.mp4");
        Result result = CommandLineTesting.run("animate", "--threads", "1", "--reference", portrait.toString(),
                "--driving", driving.toString(), "--output", output.toString());
        assertEquals(2, result.exitCode(), result.err());
        int kept = Drawn.frames(output).size();
        assertTrue(kept > 0 && kept < 20 && result.err().contains(output + ": " + kept + " frame"), result.err());
    }

    @Test
    void whatIsFinishedBeforeADamagedPictureIsKept() throws IOException {
        Path driving = Files.createDirectory(folder.resolve("pictures"));
        for (int i = 0; i < 30; i++) {
            ImageIO.write(Drawn.picture(128, 96, Color.RED, i / 29.0), "png", driving.resolve(i + ".png").toFile());
        }
        Files.writeString(driving.resolve("29.png"), "no picture");
        Path output = folder.resolve("out.mp4");

        Result result = CommandLineTesting.run("animate", "--model", "synthetic:micro", "--threads", "1", "--reference",
                portrait.toString(), "--driving", driving.toString(), "--output", output.toString());

        assertEquals(2, result.exitCode(), result.err());
        assertTrue(result.err().contains("29.png"), result.err());
        int kept = Drawn.frames(output).size();
        assertTrue(kept > 0 && result.err().contains("ended early: " + output + " holds the " + kept), kept + " frames; " + result.err());

        Path motion = folder.resolve("motion.safetensors");
        Result extracted = CommandLineTesting.run("extract-motion", "--threads", "1", "--driving", driving.toString(),
                "--output", motion.toString());
        assertEquals(2, extracted.exitCode(), extracted.err());
        int read = MotionTemplate.read(motion).frames().size();
        assertTrue(read > 0 && extracted.err().contains("ended early: " + motion + ": motion of " + read), read + " frames; " + extracted.err());
    }

    @Test
    void aRealFaceIsFramed() throws IOException {
        Path face = DATA.resolve("portraits/london_woman_fringe.png"), clip = DATA.resolve("clips/0002.mp4");
        Assumptions.assumeTrue(Files.exists(face) && Files.exists(clip), "no development data in ../shared/data");
        Path output = folder.resolve("out");

        Result result = run("animate", "--reference", face, "--driving", clip, "--output", output, "--max-frames", 2,
                "--start", "2", "--side-by-side");

        assertTrue(!result.err().contains("no face"), result.err());
        assertEquals(2, Drawn.frames(output).size());
    }
}
