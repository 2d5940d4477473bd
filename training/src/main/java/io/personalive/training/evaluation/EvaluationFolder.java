package io.personalive.training.evaluation;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.personalive.media.PendingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where an evaluation goes: {@code report.json}, {@code report.md}, {@code index.html}, {@code videos/}. It appears when it is complete. */
public final class EvaluationFolder implements AutoCloseable {
    private static final String VIDEOS = "videos";

    private final PendingFile pending;

    /** @param target not there yet, or empty */
    public EvaluationFolder(Path target) throws IOException {
        pending = PendingFile.folderBeside(target);
        Files.createDirectory(pending.temporary().resolve(VIDEOS));
    }

    /** Where the video of a clip or a pair belongs. */
    public Path video(String id) {
        return pending.temporary().resolve(VIDEOS).resolve(id + ".mp4");
    }

    /** Writes the report and gives the folder its name. */
    public void finish(EvaluationReport report) throws IOException {
        Path folder = pending.temporary();
        new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValue(folder.resolve("report.json").toFile(), report.toJson());
        Files.writeString(folder.resolve("report.md"), ReportTables.markdown(report));
        Files.writeString(folder.resolve("index.html"), ReportPage.html(report, VIDEOS));
        pending.commit();
    }

    /** Removes what was written, unless it was finished. */
    @Override
    public void close() {
        pending.discard();
    }
}
