package io.personalive.media.video;

import static io.personalive.media.video.TestMedia.flat;
import static io.personalive.media.video.TestMedia.numbered;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import io.personalive.media.ffmpeg.InputContainer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VideoWriterTest {
    private static final FrameRate NTSC = new FrameRate(30000, 1001);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.webm"})
    void framesAndRateComeBack(String name) {
        Path file = TestMedia.video(folder.resolve(name), 128, 96, NTSC, 40, null);
        try (VideoReader reader = VideoReader.open(file)) {
            assertEquals(NTSC, reader.frameRate());
            assertEquals(128, reader.width());
            assertEquals(96, reader.height());
            assertEquals(40, reader.estimatedFrames());
            assertTrue(reader.audio().isEmpty());
            assertEquals(IntStream.range(0, 40).boxed().toList(), TestMedia.numbers(reader));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.webm", "a.gif", "frames"})
    void coloursComeBack(String name) {
        int[][] colours = {{200, 60, 40}, {30, 180, 90}, {20, 40, 220}, {255, 255, 255}, {0, 0, 0}, {224, 172, 140}};
        Path file = folder.resolve(name);
        try (VideoWriter writer = VideoWriter.open(file, 96, 96, FrameRate.DEFAULT, null)) {
            for (int[] colour : colours) {
                writer.write(flat(96, 96, colour[0], colour[1], colour[2]));
            }
        }
        try (VideoReader reader = VideoReader.open(file)) {
            for (int[] colour : colours) {
                int rgb = reader.next().getRGB(48, 48);
                String got = (rgb >> 16 & 255) + " " + (rgb >> 8 & 255) + " " + (rgb & 255);
                assertTrue(Math.abs((rgb >> 16 & 255) - colour[0]) <= 5 && Math.abs((rgb >> 8 & 255) - colour[1]) <= 5
                        && Math.abs((rgb & 255) - colour[2]) <= 5, () -> colour[0] + " " + colour[1] + " " + colour[2] + " became " + got);
            }
        }
    }

    /** As a screen recording has them, where nothing moves for a while. */
    @ParameterizedTest
    @CsvSource({"a.mp4, 1", "a.webm, 1", "a.gif, 10"})
    void framesKeepTheirTimes(String name, double tolerance) {
        double[] milliseconds = {0, 33.4, 66.7, 6_100, 6_133.4, 6_150};
        Path file = folder.resolve(name);
        try (VideoWriter writer = VideoWriter.open(file, 64, 64, FrameRate.DEFAULT, null)) {
            for (int i = 0; i < milliseconds.length; i++) {
                writer.write(numbered(64, 64, i), Math.round(milliseconds[i] * 1e6));
            }
            assertEquals(milliseconds.length, writer.frames());
        }
        try (VideoReader reader = VideoReader.open(file)) {
            for (int i = 0; i < milliseconds.length; i++) {
                TimedPicture frame = reader.nextTimed();
                assertEquals(i, TestMedia.number(frame.picture()));
                assertEquals(milliseconds[i], frame.nanoseconds() / 1e6, tolerance);
            }
            assertNull(reader.nextTimed());
        }
    }

    @Test
    void soundGoesOnThroughAPause() throws IOException {
        Path wav = TestMedia.wav(folder.resolve("tone.wav"), 5, 2);
        Path file = folder.resolve("a.mp4");
        try (VideoWriter writer = VideoWriter.open(file, 64, 64, FrameRate.DEFAULT, new AudioSource(wav, 0))) {
            writer.write(numbered(64, 64, 0), 0);
            writer.write(numbered(64, 64, 1), 40_000_000);
            writer.write(numbered(64, 64, 2), 3_000_000_000L);
        }
        assertEquals(2, TestMedia.sound(file).toneAt(), 0.02);
        assertEquals(3.04, TestMedia.sound(file).seconds(), 0.04);
    }

    @ParameterizedTest
    @CsvSource({"a.mp4, 102, 76", "a.webm, 102, 76", "a.gif, 101, 75", "frames, 101, 75"})
    void oddSizesAreMadeEvenOnlyWhereTheyMustBe(String name, int width, int height) {
        Path file = TestMedia.video(folder.resolve(name), 101, 75, FrameRate.DEFAULT, 3, null);
        try (VideoReader reader = VideoReader.open(file)) {
            assertEquals(width, reader.width());
            assertEquals(height, reader.height());
            BufferedImage first = reader.next();
            assertEquals(20, first.getRGB(width - 1, height - 1) & 255, 3, "the added column repeats the last");
        }
    }

    @ParameterizedTest
    @CsvSource({"a.mp4, aac", "a.webm, opus"})
    void soundIsEncodedFromItsMomentForAsLongAsTheFrames(String name, String codec) throws IOException {
        Path wav = TestMedia.wav(folder.resolve("tone.wav"), 5, 1.5);
        Path file = TestMedia.video(folder.resolve(name), 64, 64, NTSC, 45, new AudioSource(wav, 1));
        TestMedia.Sound sound = TestMedia.sound(file);
        assertEquals(codec, sound.codec());
        assertEquals(NTSC.seconds(45), sound.seconds(), 0.03);
        assertEquals(0.5, sound.toneAt(), 0.01);
    }

    @ParameterizedTest
    @CsvSource({"first.mp4, second.mp4, aac", "first.webm, second.webm, opus", "first.mp4, second.webm, opus", "first.webm, second.mp4, aac"})
    void soundOfADrivingVideoStaysInStep(String first, String second, String codec) throws IOException {
        Path wav = TestMedia.wav(folder.resolve("tone.wav"), 5, 2);
        Path driving = TestMedia.video(folder.resolve(first), 64, 64, FrameRate.DEFAULT, 75, new AudioSource(wav, 0));
        Path result = folder.resolve(second);
        try (VideoReader reader = VideoReader.open(driving, 1.2, FrameRate.DEFAULT);
                VideoWriter writer = VideoWriter.open(result, 64, 64, reader.frameRate(), reader.audio().orElseThrow())) {
            for (int i = 0; i < 40; i++) {
                writer.write(reader.next());
            }
        }
        TestMedia.Sound sound = TestMedia.sound(result);
        assertEquals(codec, sound.codec());
        assertEquals(1.6, sound.seconds(), 0.04);
        assertEquals(0.8, sound.toneAt(), 0.02);
    }

    /** Two recordings one behind the other: the second's clock begins anew. Opus is copied. */
    @Test
    void soundThatIsCopiedGoesOnWhereItsClockStepsBack() throws IOException {
        Path source = TestMedia.video(folder.resolve("a.webm"), 32, 32, FrameRate.DEFAULT, 25, new AudioSource(TestMedia.wav(folder.resolve("tone.wav"), 1, 0.5), 0));
        PendingFile once = PendingFile.beside(folder.resolve("once.ts"));
        try (OutputContainer container = new OutputContainer(new FileSink(once), "mpegts");
                AudioTrack sound = new CopiedAudio(new InputContainer(source), new AudioSource(source, 0), container, VideoFormat.WEBM)) {
            container.start(Map.of());
            sound.finish(1);
            container.finish();
        }
        once.commit();
        byte[] recording = Files.readAllBytes(once.target());
        Path twice = Files.write(folder.resolve("twice.ts"), recording);
        Files.write(twice, recording, StandardOpenOption.APPEND);

        TestMedia.Sound sound = TestMedia.sound(TestMedia.video(folder.resolve("out.webm"), 32, 32, FrameRate.DEFAULT, 100, new AudioSource(twice, 0)));

        assertEquals("opus", sound.codec());
        assertTrue(sound.seconds() > 1.9, sound.seconds() + " s");
    }

    @Test
    void soundThatEndsEarlyOrIsNoneDoesNotStopTheVideo() throws IOException {
        Path wav = TestMedia.wav(folder.resolve("tone.wav"), 0.4, 0);
        Path file = TestMedia.video(folder.resolve("short.mp4"), 64, 64, FrameRate.DEFAULT, 50, new AudioSource(wav, 0));
        assertEquals(0.4, TestMedia.sound(file).seconds(), 0.05);
        Path text = Files.writeString(folder.resolve("no.wav"), "no sound at all");
        Path silent = TestMedia.video(folder.resolve("silent.mp4"), 64, 64, FrameRate.DEFAULT, 5, new AudioSource(text, 0));
        assertNull(TestMedia.sound(silent));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.webm", "a.gif", "frames"})
    void everyFileIsMarkedAsMadeByAModel(String name) throws IOException {
        Path written = TestMedia.video(folder.resolve(name), 64, 64, FrameRate.DEFAULT, 2, null);
        String content = Files.readString(Files.isDirectory(written) ? written.resolve("000001.png") : written, StandardCharsets.ISO_8859_1);
        assertTrue(content.contains("http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia"));
        assertTrue(content.contains("AI-generated"));
    }

    @Test
    void aClockThatStepsBackStopsNothing() {
        Path file = folder.resolve("a.mp4");
        try (VideoWriter writer = VideoWriter.open(file, 64, 64, FrameRate.DEFAULT, null)) {
            for (long milliseconds : new long[] {0, 40, 40, 10, 120}) {
                writer.write(numbered(64, 64, (int) writer.frames()), milliseconds * 1_000_000);
            }
        }
        try (VideoReader reader = VideoReader.open(file)) {
            for (double milliseconds : new double[] {0, 40, 40, 40, 120}) {
                assertEquals(milliseconds, reader.nextTimed().nanoseconds() / 1e6, 0.1);
            }
        }
    }

    @Test
    void aProgramTakesFragmentsAsTheyCome() throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try (VideoWriter writer = VideoWriter.fragments(pieces::add, 64, 64, FrameRate.DEFAULT)) {
            writer.write(numbered(64, 64, 0));
            writer.write(numbered(64, 64, 1));
            int before = pieces.size();
            writer.write(numbered(64, 64, 2));
            assertTrue(pieces.size() > before, "nothing waits for the end");
        }
        pieces.forEach(all::writeBytes);
        try (VideoReader reader = VideoReader.open(Files.write(folder.resolve("taken.mp4"), all.toByteArray()))) {
            assertEquals(List.of(0, 1, 2), TestMedia.numbers(reader));
        }
    }

    @Test
    void aProgramThatRefusesEndsTheWriting() {
        List<byte[]> taken = new ArrayList<>();
        VideoWriter writer = VideoWriter.fragments(piece -> {
            if (taken.size() == 3) {
                throw new IllegalStateException("the browser has gone");
            }
            taken.add(piece);
        }, 64, 64, FrameRate.DEFAULT);
        MediaException refused = assertThrows(MediaException.class, () -> {
            for (int i = 0; i < 10; i++) {
                writer.write(numbered(64, 64, i));
            }
        });
        assertTrue(refused.getMessage().contains("the browser has gone"), refused.getMessage());
        writer.abort();
    }

    @Test
    void mp4CanPlayBeforeItIsWhollyFetched() throws IOException {
        byte[] file = Files.readAllBytes(TestMedia.video(folder.resolve("a.mp4"), 64, 64, FrameRate.DEFAULT, 10, null));
        assertTrue(TestMedia.find(file, "moov") < TestMedia.find(file, "mdat"));
    }

    @Test
    void nothingStandsUnderTheNameUntilClosed() throws IOException {
        Path file = Files.writeString(folder.resolve("a.mp4"), "the one before");
        VideoWriter writer = VideoWriter.open(file, 64, 64, FrameRate.DEFAULT, null);
        writer.write(numbered(64, 64, 0));
        assertEquals("the one before", Files.readString(file));
        writer.abort();
        writer.close();
        assertEquals("the one before", Files.readString(file));
        assertEquals(List.of(file), list());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.webm", "a.gif", "frames"})
    void withoutFramesThereIsNoFile(String name) throws IOException {
        VideoWriter writer = VideoWriter.open(folder.resolve(name), 64, 64, FrameRate.DEFAULT, null);
        assertTrue(assertThrows(MediaException.class, writer::close).getMessage().contains("no frames"));
        assertEquals(List.of(), list());
    }

    @Test
    void targetsThatCannotBeWrittenAreNamed() throws IOException {
        assertTrue(assertThrows(MediaException.class, () -> VideoWriter.check(folder.resolve("a.avi"))).getMessage().contains(".mp4"));
        Files.createDirectory(folder.resolve("full"));
        Files.createFile(folder.resolve("full/other.txt"));
        assertTrue(assertThrows(MediaException.class, () -> VideoWriter.open(folder.resolve("full"), 64, 64, FrameRate.DEFAULT, null))
                .getMessage().contains("not empty"));
        assertFalse(Files.exists(folder.resolve("a.avi")));
    }

    private List<Path> list() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
