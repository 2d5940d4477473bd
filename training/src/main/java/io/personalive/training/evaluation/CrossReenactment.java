package io.personalive.training.evaluation;

import io.personalive.media.image.SideBySide;
import io.personalive.media.video.VideoWriter;
import io.personalive.training.identity.FaceRecognition;
import java.awt.image.BufferedImage;
import java.util.Optional;

/** A portrait that another person drives: there is no truth, but motion can be compared. Used by one thread. */
final class CrossReenactment implements AutoCloseable {
    private final BufferedImage portrait;
    private final Yardsticks yardsticks;
    private final Optional<float[]> identity;
    private final VideoWriter shown;
    private final Scores scores = new Scores();
    private long frames;

    /** @param shown takes portrait, driver and model in a row; closed with this */
    CrossReenactment(BufferedImage portrait, Yardsticks yardsticks, VideoWriter shown) {
        this.portrait = portrait;
        this.yardsticks = yardsticks;
        this.shown = shown;
        Motion seen = motion(portrait);
        identity = seen.face().valid() ? yardsticks.identity(portrait, seen) : Optional.empty();
    }

    void frame(BufferedImage driver, BufferedImage made) {
        shown.write(SideBySide.of(made.getWidth(), made.getHeight(), portrait, driver, made));
        if (frames++ == 0) {
            return;
        }
        Motion wanted = motion(driver);
        if (wanted.face().valid()) {
            Motion seen = motion(made);
            scores.addMotion(seen, wanted);
            identity.ifPresent(own -> scores.add(Region.PICTURE, Metric.ID_SIM,
                    FaceRecognition.similarity(own, yardsticks.identity(made, seen).orElseThrow())));
        }
    }

    private Motion motion(BufferedImage picture) {
        return new Motion(yardsticks.faces().measure(picture));
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
