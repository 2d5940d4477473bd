package io.personalive.cli.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.media.image.Resize;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import io.personalive.media.video.VideoWriter;
import io.personalive.training.data.PackedDataset;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two people's clips in one video, after each other, and files that are none. */
class PrepareVideosTest {
    private static final Path CLIPS = Path.of("..", "..", "shared", "data", "clips");
    private static final int EACH = 30;

    @TempDir
    private Path folder;
    private Path videos, output;

    @BeforeEach
    void writeVideos() throws IOException {
        Assumptions.assumeTrue(Files.isDirectory(CLIPS), "the shared clips are not here");
        videos = Files.createDirectories(folder.resolve("videos/someone")).getParent();
        output = folder.resolve("prepared");
        try (VideoWriter writer = VideoWriter.recording(videos.resolve("someone/two scenes.mp4"), 320, 320, FrameRate.DEFAULT)) {
            append(writer, "0001");
            append(writer, "0060");
        }
        Files.writeString(videos.resolve("notes.mp4"), "no video");
    }

    private static void append(VideoWriter writer, String clip) {
        try (VideoReader reader = VideoReader.open(CLIPS.resolve(clip + ".mp4"))) {
            for (int i = 0; i < EACH; i++) {
                BufferedImage frame = reader.next();
                writer.write(Resize.toSquare(frame, 320));
            }
        }
    }

    private Result prepare(String... more) {
        List<String> arguments = new ArrayList<>(List.of("prepare", "--videos", videos.toString(), "--output", output.toString(),
                "--size", "128", "--threads", "1"));
        arguments.addAll(List.of(more));
        Result result = CommandLineTesting.run(arguments.toArray(String[]::new));
        assertEquals(0, result.exitCode(), result.err());
        return result;
    }

    @Test
    void scenesBecomeClipsThatCanBeTrainedOnAndEvaluated() throws IOException {
        Result result = prepare();

        assertTrue(result.err().contains("2 clips, 60 frames"), result.err());
        assertTrue(result.err().contains("left out: notes.mp4"), result.err());
        try (PackedDataset packed = PackedDataset.open(output)) {
            assertEquals(128, packed.side());
            assertEquals(List.of(EACH, EACH), packed.shots().stream().map(shot -> shot.frames()).toList());
            assertTrue(packed.labels(5).valid());
        }
        List<String> index = Files.readAllLines(output.resolve("index.jsonl"));
        JsonNode second = new ObjectMapper().readTree(index.get(1));
        assertEquals(2, index.size());
        assertEquals(EACH, second.path("first_frame").intValue());
        assertEquals("someone", second.path("person").asText());
        for (String list : new String[] {"face_boxes", "keypoints", "pose", "valid"}) {
            assertEquals(EACH, second.path(list).size());
        }
        assertTrue(Files.exists(output.resolve(second.path("file").asText())));
        String page = Files.readString(output.resolve("index.html"));
        assertTrue(page.contains("notes.mp4") && page.contains("two scenes.mp4"));
    }

    @Test
    void askedAgainItGoesOnWithWhatIsThere() throws IOException {
        prepare();
        byte[] pictures = Files.readAllBytes(output.resolve("pictures.bin"));
        Path part;
        try (var parts = Files.list(output.resolve("parts"))) {
            part = parts.filter(path -> path.getFileName().toString().startsWith("someone")).findFirst().orElseThrow().resolve("part.json");
        }
        var made = Files.getLastModifiedTime(part);

        prepare();

        assertEquals(made, Files.getLastModifiedTime(part));
        assertArrayEquals(pictures, Files.readAllBytes(output.resolve("pictures.bin")));
    }
}
