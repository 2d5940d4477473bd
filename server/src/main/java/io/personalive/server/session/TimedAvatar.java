package io.personalive.server.session;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.live.Avatar;
import io.personalive.live.MotionSight;
import io.personalive.server.session.SessionStatistics.Stage;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.function.Supplier;

/** An avatar whose steps are timed. */
record TimedAvatar(Avatar avatar, SessionStatistics statistics) implements Avatar {
    @Override
    public WindowShape window() {
        return avatar.window();
    }

    @Override
    public List<BufferedImage> push(List<MotionFrame> driving, boolean shown) {
        return timed(Stage.ANIMATION, () -> avatar.push(driving, shown));
    }

    @Override
    public MotionSight sight() {
        MotionSight sight = avatar.sight();
        return pictures -> timed(Stage.MOTION, () -> sight.read(pictures));
    }

    @Override
    public boolean readsBeside() {
        return avatar.readsBeside();
    }

    private <T> T timed(Stage stage, Supplier<T> work) {
        long begun = System.nanoTime();
        try {
            return work.get();
        } finally {
            statistics.took(stage, System.nanoTime() - begun);
        }
    }

    @Override
    public MotionFrame rest() {
        return avatar.rest();
    }

    @Override
    public void close() {
        avatar.close();
    }
}
