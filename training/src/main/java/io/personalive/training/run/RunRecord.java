package io.personalive.training.run;

import io.personalive.training.record.EventFile;
import io.personalive.training.record.LossTable;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.imageio.ImageIO;

/** What a run writes down at each step; nothing where another process does. */
final class RunRecord implements AutoCloseable {
    private final RunFolder run;
    /** Both null where another process writes. */
    private final LossTable losses;
    private final EventFile events;

    private RunRecord(RunFolder run, LossTable losses, EventFile events) {
        this.run = run;
        this.losses = losses;
        this.events = events;
    }

    /** @param lastStep that is done already */
    static RunRecord open(RunFolder run, long lastStep, List<String> columns, boolean writes) throws IOException {
        if (!writes) {
            return new RunRecord(run, null, null);
        }
        LossTable losses = LossTable.open(run.losses(), lastStep, columns);
        try {
            return new RunRecord(run, losses, EventFile.begin(run.path()));
        } catch (IOException failed) {
            losses.close();
            throw failed;
        }
    }

    void step(long step, Step done) throws IOException {
        if (losses == null) {
            return;
        }
        losses.add(step, done.loss(), done.parts());
        events.scalar("loss", step, done.loss());
        for (Map.Entry<String, Double> part : done.parts().entrySet()) {
            events.scalar(part.getKey(), step, part.getValue());
        }
    }

    void scalar(String tag, long step, double value) throws IOException {
        events.scalar(tag, step, value);
    }

    void samples(long step, BufferedImage sheet) throws IOException {
        Files.createDirectories(run.samples());
        Path file = run.samples().resolve(String.format(Locale.ROOT, "step-%08d.png", step));
        Path partial = file.resolveSibling("." + file.getFileName() + ".partial");
        ImageIO.write(sheet, "png", partial.toFile());
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        events.image("samples", step, sheet);
    }

    @Override
    public void close() throws IOException {
        if (losses != null) {
            try (events) {
                losses.close();
            }
        }
    }
}
