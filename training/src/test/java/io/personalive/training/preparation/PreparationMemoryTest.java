package io.personalive.training.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.natives.testing.NativeMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PreparationMemoryTest {
    @TempDir
    private Path folder;

    /** A thousand of them with PERSONALIVE_LONG_TESTS=1. */
    @Test
    void manyVideosOfWhichSomeAreDamagedLeaveNoNativeMemory() throws Exception {
        boolean all = "1".equals(System.getenv("PERSONALIVE_LONG_TESTS"));
        PaintedVideos.write(folder.resolve("whole.mp4"), 1);
        try (PreparationWorkers workers = new LocalWorkers(1)) {
            prepare(workers, "warm up", all ? 20 : 2);
            NativeMemory before = NativeMemory.now();

            prepare(workers, "measured", all ? 1000 : 4);

            // Java's compiler has some megabytes; a small picture of each of a thousand videos would be fifty
            NativeMemory.now().assertNoMoreThan(before, 32 << 20);
        }
    }

    private void prepare(PreparationWorkers workers, String name, int count) throws IOException, InterruptedException {
        Path videos = Files.createDirectories(folder.resolve(name));
        byte[] whole = Files.readAllBytes(folder.resolve("whole.mp4"));
        for (int i = 0; i < count; i++) {
            Files.write(videos.resolve(i + ".mp4"), i % 2 == 0 ? whole : Arrays.copyOf(whole, whole.length / 2));
        }
        VideoCollection collection = new VideoCollection(videos, folder.resolve(name + " prepared"),
                new PreparationOptions(64, 128, Limits.USUAL, 0, 0));
        PreparedFolder prepared = new Preparation(collection).run(workers, bytes -> { }, () -> false);
        assertEquals(count / 2, prepared.clips().size());
    }
}
