package io.personalive.training.evaluation;

import io.personalive.media.image.SideBySide;
import io.personalive.media.video.VideoWriter;
import io.personalive.training.data.FaceMeasure;
import java.awt.image.BufferedImage;

/** A portrait that another person drives: there is no truth, but motion can be compared. Used by one thread. */
final class CrossReenactment implements AutoCloseable {
    private final BufferedImage portrait;
    private final FaceMeasure measure;
    private final VideoWriter shown;
    private final Scores scores = new Scores();
    private long frames;

    /** @param shown takes portrait, driver and model in a row; closed with this */
    CrossReenactment(BufferedImage portrait, FaceMeasure measure, VideoWriter shown) {
        this.portrait = portrait;
        this.measure = measure;
        this.shown = shown;
    }

    void frame(BufferedImage driver, BufferedImage made) {
        shown.write(SideBySide.of(made.getWidth(), made.getHeight(), portrait, driver, made));
        if (frames++ == 0) {
            return;
        }
        Motion wanted = new Motion(measure.measure(driver));
        if (wanted.face().valid()) {
            scores.addMotion(new Motion(measure.measure(made)), wanted);
        }
    }

    EvaluatedPair finish(String portraitId, String driverId) {
        shown.close();
        return new EvaluatedPair(portraitId, driverId, frames - 1, scores);
    }

    @Override
    public void close() {
        shown.abort();
    }
}
