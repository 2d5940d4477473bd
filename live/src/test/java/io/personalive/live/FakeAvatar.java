package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.stream.Stream;

/** An avatar without networks: its frames are blank, and a step takes as long as the test says. */
final class FakeAvatar implements Avatar {
    private static final MotionFrame STILL =
            new MotionFrame(new float[1], 0, 0, 0, new float[3]);

    private final int side;
    private final Runnable step;
    private final boolean readsBeside;

    /** @param side of its frames, pixels: tells one avatar from another */
    FakeAvatar(int side, Runnable step) {
        this(side, step, false);
    }

    /** @param readsBeside see {@link Avatar#readsBeside} */
    FakeAvatar(int side, Runnable step, boolean readsBeside) {
        this.side = side;
        this.step = step;
        this.readsBeside = readsBeside;
    }

    @Override
    public WindowShape window() {
        return WindowShape.OFFICIAL;
    }

    @Override
    public List<BufferedImage> push(List<MotionFrame> driving, boolean shown) {
        step.run();
        return shown ? Stream.generate(() -> Bgr.blank(side, side)).limit(driving.size()).toList() : List.of();
    }

    @Override
    public MotionSight sight() {
        return pictures -> pictures.stream().map(picture -> STILL).toList();
    }

    @Override
    public boolean readsBeside() {
        return readsBeside;
    }

    @Override
    public MotionFrame rest() {
        return STILL;
    }

    @Override
    public void close() {
        // holds nothing
    }
}
