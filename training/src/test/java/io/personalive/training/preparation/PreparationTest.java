package io.personalive.training.preparation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.video.FrameRate;
import io.personalive.training.data.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationTest {
    private static final PreparationOptions OPTIONS = new PreparationOptions(64, 128, Limits.USUAL, 0, 0);

    @TempDir
    private static Path folder;
    private static Path videos, output;
    private static PreparationWorkers workers;
    private static PreparedFolder prepared;

    /** A good video, one that was cut off, one that holds nothing. */
    @BeforeAll
    static void prepareVideos() throws Exception {
        videos = folder.resolve("videos");
        output = folder.resolve("prepared");
        PaintedVideos.write(videos.resolve("anna/two shots.mp4"), 2);
        byte[] whole = Files.readAllBytes(videos.resolve("anna/two shots.mp4"));
        Files.write(videos.resolve("cut off.mp4"), Arrays.copyOf(whole, whole.length * 7 / 10));
        Files.createFile(videos.resolve("nothing.mp4"));
        workers = new LocalWorkers(2);
        prepared = prepare(output, () -> false);
    }

    @AfterAll
    static void release() {
        workers.close();
    }

    private static PreparedFolder prepare(Path output, BooleanSupplier stop) throws IOException, InterruptedException {
        return new Preparation(new VideoCollection(videos, output, OPTIONS)).run(workers, bytes -> { }, stop);
    }

    private static Map<String, byte[]> contents(Path of) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(of.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }

    @Test
    void shotsBecomeClipsAndDamagedFilesAreUsedUpToThereOrNamed() throws Exception {
        List<Integer> frames = prepared.clips().stream().map(Shot::frames).toList();
        assertEquals(List.of(PaintedVideos.SHOT, PaintedVideos.SHOT, PaintedVideos.SHOT), frames);
        assertEquals(List.of("anna", "anna", "cut off.mp4"), prepared.clips().stream().map(Shot::person).toList());
        assertEquals(3, prepared.clips("train"));
        assertEquals(List.of("nothing.mp4: is empty (0 bytes)"), prepared.failed());
        String page = Files.readString(output.resolve("index.html"));
        assertTrue(page.contains("nothing.mp4") && page.contains("2 clips kept") && page.contains(Flaw.TOO_SHORT.words()), page);
        assertEquals(2, page.split("cut off or damaged", -1).length, "one of them is named as that");
    }

    @Test
    void stoppedAndGoneOnWithItIsTheSame() throws Exception {
        Path inTwoRuns = folder.resolve("in two runs");
        AtomicInteger asked = new AtomicInteger();

        assertNull(prepare(inTwoRuns, () -> asked.incrementAndGet() > PaintedVideos.SHOT), "stopped in the first video");
        assertFalse(Files.exists(inTwoRuns.resolve("stamp.json")), "what is not complete has no stamp");
        // what a process that was killed leaves behind
        Files.createDirectories(inTwoRuns.resolve("parts/.1a2b.tmp/look"));
        Files.writeString(inTwoRuns.resolve("clips/.ff.tmp"), "half");
        prepare(inTwoRuns, () -> false);

        Map<String, byte[]> whole = contents(output), resumed = contents(inTwoRuns);
        assertEquals(whole.keySet(), resumed.keySet());
        whole.forEach((file, bytes) -> assertArrayEquals(bytes, resumed.get(file), file));
    }

    @Test
    void clipsAmongTheVideosWouldCountAsVideos() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> new VideoCollection(videos, videos.resolve("prepared"), OPTIONS));

        assertTrue(refused.getMessage().contains("name another place"), refused.getMessage());
    }

    /** Or else a full disk would be taken for damaged videos. */
    @Test
    void aClipThatCantBeWrittenIsNoFaultOfTheVideo() throws IOException {
        Path inTheWay = Files.createDirectories(folder.resolve("0001.mp4"));

        assertThrows(IOException.class, () -> new ClipWriter(inTheWay, 64, FrameRate.DEFAULT));
    }
}
