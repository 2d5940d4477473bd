package io.personalive.media.video;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import io.personalive.media.picture.PngWriter;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VideoReaderTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.webm", "a.gif", "frames"})
    void readingBeginsAtTheStartAskedFor(String name) {
        Path file = TestMedia.video(folder.resolve(name), 64, 64, FrameRate.DEFAULT, 40, null);
        try (VideoReader reader = VideoReader.open(file, 0.6, FrameRate.DEFAULT)) {
            assertEquals(FrameRate.DEFAULT, reader.frameRate());
            assertEquals(25, reader.estimatedFrames());
            assertEquals(IntStream.range(15, 40).boxed().toList(), TestMedia.numbers(reader));
        }
        String message = assertThrows(MediaException.class, () -> VideoReader.open(file, 7, FrameRate.DEFAULT)).getMessage();
        assertTrue(message.contains("7.0 s"), message);
    }

    /** A transport stream has no index: the keyframe before the start, here a second earlier, isn't where one lands. */
    @ParameterizedTest
    @ValueSource(doubles = {0.2, 1.2, 1.64, 1.76})
    void readingBeginsAtTheStartWithoutAnIndexToo(double start) {
        Path file = TestMedia.transportStream(folder.resolve("a.ts"), 64, 64, 0, 46);
        try (VideoReader reader = VideoReader.open(file, start, FrameRate.DEFAULT)) {
            int first = (int) Math.round(start * 25);
            for (int i = first; i < 46; i++) {
                TimedPicture frame = reader.nextTimed();
                assertEquals(i, TestMedia.number(frame.picture()));
                assertEquals((i - first) * 40, frame.nanoseconds() / 1e6, 1);
            }
            assertNull(reader.nextTimed());
        }
    }

    /** The second recording's clock begins before the first one's end. */
    @ParameterizedTest
    @ValueSource(ints = {5, 29, 30, 40})
    void readingBeginsInAnyPartOfJoinedRecordings(int first) throws IOException {
        Path file = TestMedia.transportStream(folder.resolve("a.ts"), 64, 64, 0, 30);
        Path second = TestMedia.transportStream(folder.resolve("b.ts"), 64, 64, 10, 30);
        Files.write(file, Files.readAllBytes(second), StandardOpenOption.APPEND);
        try (VideoReader reader = VideoReader.open(file, first / 25.0, FrameRate.DEFAULT)) {
            assertEquals(60 - first, reader.estimatedFrames());
            for (int i = first; i < 60; i++) {
                TimedPicture frame = reader.nextTimed();
                assertEquals(i < 30 ? i : i - 20, TestMedia.number(frame.picture()));
                assertEquals((i - first) * 40, frame.nanoseconds() / 1e6, 1);
            }
            assertNull(reader.nextTimed());
        }
        assertThrows(MediaException.class, () -> VideoReader.open(file, 2.5, FrameRate.DEFAULT));
    }

    @Test
    void aPauseIsNotTakenForFrames() {
        Path file = folder.resolve("a.webm");
        try (VideoWriter writer = VideoWriter.open(file, 64, 64, FrameRate.DEFAULT, null)) {
            for (int i = 0; i < 8; i++) {
                writer.write(TestMedia.numbered(64, 64, i), (i < 4 ? i * 40L : 6_000 + i * 40L) * 1_000_000);
            }
        }
        try (VideoReader whole = VideoReader.open(file); VideoReader later = VideoReader.open(file, 3, FrameRate.DEFAULT)) {
            assertEquals(8, whole.estimatedFrames());
            assertEquals(5, later.estimatedFrames());
        }
    }

    @Test
    void whatIsTransparentIsLaidOverTheColourThatIsAskedFor() throws IOException {
        BufferedImage cutOut = new BufferedImage(16, 16, BufferedImage.TYPE_INT_ARGB);
        cutOut.setRGB(8, 8, 0xFFFF0000);
        Path pictures = Files.createDirectory(folder.resolve("pictures"));
        ImageIO.write(cutOut, "png", pictures.resolve("1.png").toFile());
        IndexColorModel palette = new IndexColorModel(1, 2, new byte[] {0, -1}, new byte[] {0, 0}, new byte[] {0, 0}, 0);
        BufferedImage indexed = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_BINARY, palette);
        indexed.getRaster().setSample(8, 8, 0, 1);
        Path gif = folder.resolve("a.gif");
        ImageIO.write(indexed, "gif", gif.toFile());
        for (Path driver : List.of(pictures, gif)) {
            try (VideoReader reader = VideoReader.open(driver, 0, FrameRate.DEFAULT, Color.GREEN); VideoReader unasked = VideoReader.open(driver)) {
                BufferedImage frame = reader.next();
                assertEquals(Color.GREEN.getRGB(), frame.getRGB(2, 2), driver.toString());
                assertEquals(Color.RED.getRGB(), frame.getRGB(8, 8), driver.toString());
                assertEquals(0xFF808080, unasked.next().getRGB(2, 2), driver.toString());
            }
        }
    }

    @Test
    void soundBeginsWithTheFirstFrame() throws IOException {
        Path wav = TestMedia.wav(folder.resolve("tone.wav"), 2, 0);
        Path file = TestMedia.video(folder.resolve("a.mp4"), 64, 64, FrameRate.DEFAULT, 40, new AudioSource(wav, 0));
        try (VideoReader reader = VideoReader.open(file, 0.6, FrameRate.DEFAULT)) {
            assertEquals(new AudioSource(file, 0.6), reader.audio().orElseThrow());
        }
    }

    @Test
    void picturesPlayInTheOrderOfTheirNumbers() throws IOException {
        for (int i : new int[] {10, 2, 1}) {
            PngWriter.write(folder.resolve("shot_" + i + ".png"), TestMedia.numbered(32, 24, i));
        }
        Files.writeString(folder.resolve("notes.txt"), "not a picture");
        try (VideoReader reader = VideoReader.open(folder, 0, new FrameRate(12, 1))) {
            assertEquals(new FrameRate(12, 1), reader.frameRate());
            assertEquals(List.of(1, 2, 10), TestMedia.numbers(reader));
        }
    }

    @Test
    void pictureOfAnotherSizeIsFittedToTheFirstOnes() {
        PngWriter.write(folder.resolve("1.png"), TestMedia.numbered(32, 24, 0));
        PngWriter.write(folder.resolve("2.png"), TestMedia.numbered(24, 48, 7));
        try (VideoReader reader = VideoReader.open(folder)) {
            reader.next();
            BufferedImage second = reader.next();
            assertEquals(32, second.getWidth());
            assertEquals(24, second.getHeight());
            assertEquals(7, TestMedia.number(second));
            assertEquals(0, second.getRGB(2, 12) & 0xFF, "its sides' ratio is kept");
        }
    }

    @Test
    void pictureAloneIsAVideoOfOneFrame() {
        PngWriter.write(folder.resolve("1.png"), TestMedia.numbered(32, 24, 5));
        try (VideoReader reader = VideoReader.open(folder.resolve("1.png"))) {
            assertEquals(List.of(5), TestMedia.numbers(reader));
        }
    }

    @Test
    void ratesOfSlowMotionAreTaken() {
        Path file = TestMedia.video(folder.resolve("a.mp4"), 64, 64, new FrameRate(480, 1), 40, null);
        try (VideoReader reader = VideoReader.open(file)) {
            assertEquals(new FrameRate(480, 1), reader.frameRate());
            assertEquals(IntStream.range(0, 40).boxed().toList(), TestMedia.numbers(reader));
        }
    }

    @Test
    void messagesSayWhatAFileIsAndHoldNothingElse() throws IOException {
        assertComplaint(Files.writeString(folder.resolve("text.mp4"), "not a video\n"), "it is a text file");
        byte[] whole = Files.readAllBytes(TestMedia.video(folder.resolve("a.mp4"), 64, 64, FrameRate.DEFAULT, 9, null));
        byte[] open = Arrays.copyOf(whole, whole.length);
        ByteBuffer.wrap(open).position(TestMedia.find(whole, "moov")).put(TestMedia.ascii("none"));
        assertComplaint(Files.write(folder.resolve("open.mp4"), open), "lacks its index");
        String reason = Ffmpeg.explain(org.bytedeco.ffmpeg.global.avutil.AVERROR_EOF());
        assertTrue(reason.matches("\\p{Print}+"), reason);
    }

    /** A GIF whose frames last 4, 12, 4, 20 and 4 hundredths of a second. */
    @Test
    void unevenTimesAreBroughtToAConstantRate() throws IOException {
        Path file = TestMedia.video(folder.resolve("a.gif"), 32, 32, FrameRate.DEFAULT, 5, null);
        byte[] gif = Files.readAllBytes(file);
        int[] delays = {4, 12, 4, 20, 4};
        for (int i = 0, frame = 0; i < gif.length - 8 && frame < delays.length; i++) {
            if (gif[i] == 0x21 && gif[i + 1] == (byte) 0xF9 && gif[i + 2] == 4) {
                gif[i + 4] = (byte) delays[frame++];
            }
        }
        Files.write(file, gif);
        try (VideoReader reader = VideoReader.open(file)) {
            List<Integer> shown = TestMedia.numbers(reader);
            assertEquals(0.44, reader.frameRate().seconds(shown.size()), 1 / reader.frameRate().perSecond());
            assertEquals(3, shown.get((int) (0.30 * reader.frameRate().perSecond())), "the long frame is shown at its time: " + shown);
            assertEquals(4, shown.get(shown.size() - 1));
        }
        try (VideoReader reader = VideoReader.open(file)) {
            assertEquals(List.of(0L, 40L, 160L, 200L, 400L), milliseconds(reader), "each frame has its own time");
        }
        try (VideoReader reader = VideoReader.open(file, 0.1, FrameRate.DEFAULT)) {
            assertEquals(List.of(0L, 60L, 100L, 300L), milliseconds(reader), "begins with the frame that is shown then");
        }
    }

    private static List<Long> milliseconds(VideoReader reader) {
        List<Long> times = new ArrayList<>();
        for (TimedPicture each = reader.nextTimed(); each != null; each = reader.nextTimed()) {
            times.add(each.nanoseconds() / 1_000_000);
        }
        return times;
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.mp4", "a.webm", "frames"})
    void everyFrameComesOnceWithItsTime(String name) {
        Path file = TestMedia.video(folder.resolve(name), 64, 64, FrameRate.DEFAULT, 20, null);
        try (VideoReader reader = VideoReader.open(file, 0.4, FrameRate.DEFAULT)) {
            assertEquals(IntStream.range(0, 10).mapToObj(i -> 40L * i).toList(), milliseconds(reader));
        }
    }

    /** A phone held upright: the track's matrix (in the box tkhd) asks for a quarter turn to the right. */
    @Test
    void rotationIsApplied() throws IOException {
        Path file = folder.resolve("a.mp4");
        BufferedImage frame = TestMedia.flat(96, 64, 0, 0, 200);
        frame.createGraphics().fillRect(0, 0, 32, 32); // white, top left
        try (VideoWriter writer = VideoWriter.open(file, 96, 64, FrameRate.DEFAULT, null)) {
            writer.write(frame);
        }
        byte[] mp4 = Files.readAllBytes(file);
        int one = 0x10000;
        ByteBuffer.wrap(mp4).position(TestMedia.find(mp4, "tkhd") + 44).putInt(0).putInt(one).putInt(0).putInt(-one).putInt(0).putInt(0)
                .putInt(64 * one).putInt(0);
        Files.write(file, mp4);
        try (VideoReader reader = VideoReader.open(file)) {
            assertEquals(64, reader.width());
            assertEquals(96, reader.height());
            BufferedImage shown = reader.next();
            assertEquals(250, shown.getRGB(50, 12) & 0xFF, 8);
            assertEquals(250, shown.getRGB(50, 12) >> 16 & 0xFF, 8, "the white corner is at the top right");
            assertEquals(0, shown.getRGB(12, 12) >> 16 & 0xFF, 8);
        }
    }

    /** Old television: pixels twice as wide as high (the box pasp). */
    @Test
    void oblongPixelsAreMadeSquare() throws IOException {
        Path file = TestMedia.video(folder.resolve("a.mp4"), 64, 64, FrameRate.DEFAULT, 2, null);
        byte[] mp4 = Files.readAllBytes(file);
        ByteBuffer.wrap(mp4).position(TestMedia.find(mp4, "pasp") + 4).putInt(2).putInt(1);
        Files.write(file, mp4);
        try (VideoReader reader = VideoReader.open(file)) {
            assertEquals(128, reader.width());
            assertEquals(64, reader.height());
            assertEquals(128, reader.next().getWidth());
        }
    }

    @Test
    void damagedOnTheWayEndsThereAndKeepsTheRest() throws IOException {
        Path file = TestMedia.video(folder.resolve("a.mp4"), 64, 64, FrameRate.DEFAULT, 40, null);
        byte[] whole = Files.readAllBytes(file);
        int data = TestMedia.find(whole, "mdat");
        Files.write(file, Arrays.copyOf(whole, data + (TestMedia.find(whole, "uuid") - data) / 2));
        try (VideoReader reader = VideoReader.open(file)) {
            int frames = TestMedia.numbers(reader).size();
            assertTrue(frames > 2 && frames < 40, frames + " frames");
            assertTrue(reader.endedEarly());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.webm", "a.mp4"})
    void aDownloadCutShortEndsEarlyAndAWholeFileDoesNot(String name) throws IOException {
        Path sound = TestMedia.wav(folder.resolve("tone.wav"), 4, 0);
        Path file = TestMedia.video(folder.resolve(name), 64, 64, FrameRate.DEFAULT, 80, new AudioSource(sound, 0));
        try (VideoReader whole = VideoReader.open(file)) {
            assertEquals(80, TestMedia.numbers(whole).size());
            assertFalse(whole.endedEarly());
        }
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        try (VideoReader cut = VideoReader.open(file)) {
            assertTrue(TestMedia.numbers(cut).size() < 60);
            assertTrue(cut.endedEarly());
        }
    }

    @Test
    void whatCannotBeShownIsSaidInsteadOfShownGrey() throws IOException {
        Path film = TestMedia.encrypted(folder.resolve("film.mp4"), 5);
        try (VideoReader reader = VideoReader.open(film)) {
            String message = assertThrows(MediaException.class, reader::nextTimed).getMessage();
            assertTrue(message.contains(film + " is encrypted"), message);
        }
        byte[] animation = "RIFFxxxxWEBPVP8Xxxxx\2xxx\1\0\0\1\0\0ANIMxxxxxxxxxx".replace('x', '\0').getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer.wrap(animation).order(ByteOrder.LITTLE_ENDIAN).putInt(4, animation.length - 8).putInt(16, 10).putInt(34, 6);
        assertComplaint(Files.write(folder.resolve("sticker.webp"), animation), "is an animated WebP");
    }

    @Test
    void filesThatAreNoVideosAreNamedSo() throws IOException {
        assertComplaint(folder.resolve("none.mp4"), "does not exist");
        assertComplaint(Files.createFile(folder.resolve("empty.mp4")), "is empty (0 bytes)");
        assertComplaint(Files.write(folder.resolve("noise.mp4"), new byte[5000]), "not a video");
        assertComplaint(Files.writeString(folder.resolve("text.txt"), "a few words\n".repeat(50)), "not a video");
        assertComplaint(TestMedia.wav(folder.resolve("tone.wav"), 1, 0), "holds sound but no video");
        assertComplaint(Files.createDirectory(folder.resolve("nothing")), "holds no pictures");
        byte[] cut = Arrays.copyOf(Files.readAllBytes(TestMedia.video(folder.resolve("a.mp4"), 64, 64, FrameRate.DEFAULT, 9, null)), 60);
        assertComplaint(Files.write(folder.resolve("cut.mp4"), cut), "cut off");
    }

    private static void assertComplaint(Path file, String complaint) {
        String message = assertThrows(MediaException.class, () -> VideoReader.open(file)).getMessage();
        assertTrue(message.contains(complaint) && message.contains(file.toString()) && !message.contains("\n"), message);
    }
}
