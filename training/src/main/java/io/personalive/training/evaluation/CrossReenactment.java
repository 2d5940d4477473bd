package io.personalive.training.evaluation;

import io.personalive.media.image.SideBySide;
import io.personalive.media.video.VideoWriter;
import io.personalive.training.evaluation.MotionYardstick.Motion;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** A portrait that another person drives: there is no truth, but motion can be compared. Used by one thread. */
final class CrossReenactment implements AutoCloseable {
    /** Frames whose motion is read together. */
    private static final int TOGETHER = 8;

    private final BufferedImage portrait;
    private final MotionYardstick yardstick;
    private final VideoWriter shown;
    private final Scores scores = new Scores();
    private final List<BufferedImage> drivers = new ArrayList<>(), answers = new ArrayList<>();
    private long frames;

    /** @param shown takes portrait, driver and model in a row; closed with this */
    CrossReenactment(BufferedImage portrait, MotionYardstick yardstick, VideoWriter shown) {
        this.portrait = portrait;
        this.yardstick = yardstick;
        this.shown = shown;
    }

    void frame(BufferedImage driver, BufferedImage made) {
        shown.write(SideBySide.of(made.getWidth(), made.getHeight(), portrait, driver, made));
        if (frames++ == 0) {
            return;
        }
        drivers.add(driver);
        answers.add(made);
        if (drivers.size() == TOGETHER) {
            readMotion();
        }
    }

    private void readMotion() {
        List<Motion> wanted = yardstick.read(drivers), made = yardstick.read(answers);
        for (int i = 0; i < wanted.size(); i++) {
            scores.addMotion(made.get(i), wanted.get(i));
        }
        drivers.clear();
        answers.clear();
    }

    EvaluatedPair finish(String portraitId, String driverId) {
        if (!drivers.isEmpty()) {
            readMotion();
        }
        shown.close();
        return new EvaluatedPair(portraitId, driverId, frames - 1, scores);
    }

    @Override
    public void close() {
        shown.abort();
    }
}
