package io.personalive.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.training.preparation.Limits;
import io.personalive.training.preparation.LocalWorkers;
import io.personalive.training.preparation.PaintedVideos;
import io.personalive.training.preparation.Preparation;
import io.personalive.training.preparation.PreparationCluster;
import io.personalive.training.preparation.PreparationOptions;
import io.personalive.training.preparation.PreparationWorkers;
import io.personalive.training.preparation.PreparedFolder;
import io.personalive.training.preparation.VideoCollection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkClusterTest {
    private static final PreparationOptions OPTIONS = new PreparationOptions(64, 128, Limits.USUAL, 0, 0);

    @TempDir
    private Path folder;
    private Path videos;

    @BeforeEach
    void writeVideos() throws IOException {
        videos = folder.resolve("videos");
        PaintedVideos.write(videos.resolve("anna/one.mp4"), 1);
        PaintedVideos.write(videos.resolve("berta/one.mp4"), 1);
        Files.writeString(videos.resolve("none.mp4"), "no video");
    }

    private Preparation preparation(String output) throws IOException {
        return new Preparation(new VideoCollection(videos, folder.resolve(output), OPTIONS));
    }

    @Test
    void theJobMakesWhatTheOrdinaryCommandMakes() throws Exception {
        AtomicLong bytes = new AtomicLong();
        try (PreparationWorkers threads = new LocalWorkers(1)) {
            preparation("by threads").run(threads, done -> { }, () -> false);
        }

        PreparedFolder prepared;
        try (PreparationWorkers spark = new SparkCluster().connect("local[2]")) {
            prepared = preparation("by spark").run(spark, bytes::addAndGet, () -> false);
        }

        assertEquals(2, prepared.clips().size());
        assertEquals(preparation("by spark").bytes(), bytes.get());
        Map<String, byte[]> threads = contents("by threads"), spark = contents("by spark");
        assertEquals(threads.keySet(), spark.keySet());
        threads.forEach((file, expected) -> assertArrayEquals(expected, spark.get(file), file));
    }

    @Test
    void aStoppedJobLeavesNothingHalfWritten() throws Exception {
        try (PreparationWorkers spark = new SparkCluster().connect("local[1]")) {
            assertNull(preparation("stopped").run(spark, done -> { }, () -> true));
        }

        assertTrue(contents("stopped").keySet().stream().noneMatch(name -> name.contains(".tmp") || name.equals("stamp.json")));
    }

    @Test
    void anUnknownMasterIsNamed() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> new SparkCluster().connect("nowhere"));

        assertTrue(refused.getMessage().contains("'nowhere'") && refused.getMessage().contains("local[*]"), refused.getMessage());
    }

    @Test
    void theCommandLineFindsIt() {
        assertInstanceOf(SparkCluster.class, ServiceLoader.load(PreparationCluster.class).findFirst().orElseThrow());
    }

    private Map<String, byte[]> contents(String output) throws IOException {
        Map<String, byte[]> contents = new TreeMap<>();
        Path of = folder.resolve(output);
        try (Stream<Path> files = Files.walk(of)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.put(of.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return contents;
    }
}
