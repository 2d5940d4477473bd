package io.personalive.media.video;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.MediaException;
import io.personalive.media.picture.PictureReader;
import io.personalive.natives.testing.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What fails to open leaves no native memory behind. */
class NativeMemoryTest {
    private static final int TIMES = 200;
    /** A packet and two frames, the smallest that may stay behind, take more than twice as much. */
    private static final long MOST = 500L * TIMES;
    /** What is set up once, and what Java's compiler allocates and gives back, comes in some of them; a leak comes in all. */
    private static final int ROUNDS = 9;

    @TempDir
    private Path folder;

    private void assertNothingStays(Runnable opening) {
        long[] grown = new long[ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            long before = NativeMemory.now().allocated();
            for (int i = 0; i < TIMES; i++) {
                opening.run();
            }
            grown[round] = NativeMemory.now().allocated() - before;
        }
        Arrays.sort(grown);
        assertTrue(grown[ROUNDS / 2] < MOST, () -> "bytes for " + TIMES + " times: " + Arrays.toString(grown));
    }

    @Test
    void ofAVideoWhoseStartLiesBehindItsEnd() {
        Path file = TestMedia.video(folder.resolve("a.mp4"), 640, 360, FrameRate.DEFAULT, 3, null);
        assertNothingStays(() -> assertThrows(MediaException.class, () -> VideoReader.open(file, 60, FrameRate.DEFAULT)));
    }

    @Test
    void ofAVideoThatIsCutOff() throws IOException {
        byte[] whole = Files.readAllBytes(TestMedia.video(folder.resolve("a.mp4"), 640, 360, FrameRate.DEFAULT, 3, null));
        Path cut = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(whole, 500));
        assertNothingStays(() -> assertThrows(MediaException.class, () -> VideoReader.open(cut)));
    }

    @Test
    void ofADamagedPicture() throws IOException {
        byte[] whole = Files.readAllBytes(DrawnAvif.single(folder.resolve("a.avif"), TestMedia.flat(256, 256, 9, 90, 200)));
        Path cut = Files.write(folder.resolve("cut.avif"), Arrays.copyOf(whole, whole.length - 10));
        assertNothingStays(() -> assertThrows(MediaException.class, () -> PictureReader.read(cut)));
    }

    /** None of them has frames of 100,000 pixels a row. */
    @ParameterizedTest
    @ValueSource(strings = {"out.mp4", "out.webm", "out.gif"})
    void ofAVideoThatCannotBeWritten(String name) {
        assertNothingStays(() -> assertThrows(MediaException.class,
                () -> VideoWriter.open(folder.resolve(name), 100_000, 2, FrameRate.DEFAULT, null)));
    }

    @Test
    void ofSoundThatCannotBeRead() throws IOException {
        Path text = Files.writeString(folder.resolve("no.wav"), "no sound at all");
        assertNothingStays(() -> VideoWriter.open(folder.resolve("out.mp4"), 64, 64, FrameRate.DEFAULT, new AudioSource(text, 0)).abort());
    }
}
