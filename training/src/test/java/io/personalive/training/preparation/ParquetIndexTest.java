package io.personalive.training.preparation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.media.video.FrameRate;
import io.personalive.training.data.FaceLabels;
import java.awt.Rectangle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read by a program that shares nothing with the writer. */
class ParquetIndexTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void anotherProgramReadsInItWhatTheJsonLinesSay() throws Exception {
        Path lines = folder.resolve("index.jsonl"), table = folder.resolve(ParquetIndex.FILE);
        List<JsonNode> clips = List.of(clip("0001", 3), clip("größer", 40), clip("empty", 0));
        Files.write(lines, clips.stream().map(JsonNode::toString).toList());

        try (ParquetIndex index = new ParquetIndex(table)) {
            index.addAll(lines);
        }

        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:"); Statement statement = duckdb.createStatement();
                ResultSet rows = statement.executeQuery("SELECT to_json(clip) FROM read_parquet('" + table + "') AS clip")) {
            for (JsonNode clip : clips) {
                assertTrue(rows.next());
                assertEquals(clip, JSON.readTree(rows.getString(1)));
            }
            assertFalse(rows.next());
        }
    }

    private static JsonNode clip(String id, int frames) throws Exception {
        List<FaceLabels> faces = new ArrayList<>();
        for (int frame = 0; frame < frames; frame++) {
            float[] landmarks = new float[2 * FaceLabels.POINTS];
            for (int i = 0; i < landmarks.length; i++) {
                landmarks[i] = i + frame / 10f;
            }
            faces.add(new FaceLabels(landmarks, new float[] {1.5f, -20, frame, 100, 100, 50}, new float[FaceLabels.EXPRESSION], frame % 2 == 0));
        }
        SourceVideo source = new SourceVideo(Path.of("a.mp4"), "someone/a.mp4", "someone", "train");
        ClipRow row = new ClipRow(id, source, 7, FrameRate.DEFAULT, 256, new Rectangle(1, 2, 300, 300), faces);
        // as it is read back: a number such as 20.0 has no type of its own
        return JSON.readTree(JSON.writeValueAsString(row.toJson()));
    }
}
