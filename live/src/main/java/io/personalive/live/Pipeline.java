package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.stream.OfflineAnimation;
import java.util.Iterator;
import java.util.function.BooleanSupplier;

/**
 * From a driver to finished frames, the same for a file and for a live session: the driver's motion goes through the
 * window, and each finished frame is delivered with the driving frame that it answers, in order. Who waits for whom is
 * for the driver's {@link Handover} and the sink to say.
 */
public final class Pipeline {
    private final Avatar avatar;
    private final Driving driving;
    private final FrameSink sink;

    /** All stay the caller's to close, the driver first. */
    public Pipeline(Avatar avatar, Driving driving, FrameSink sink) {
        this.avatar = avatar;
        this.driving = driving;
        this.sink = sink;
    }

    /**
     * Animates until the driver ends. This thread moves the portrait; the driver is read by it too, or by one beside it,
     * as the avatar has it.
     *
     * @param stop asked before every step; once true, it ends with what is done
     * @return how many frames were delivered
     */
    public long run(BooleanSupplier stop) {
        Iterator<MotionFrame> motion = driving.motion(avatar::sight);
        if (!avatar.readsBeside()) {
            return animate(motion, stop);
        }
        try (MotionAhead ahead = new MotionAhead(motion, avatar.window().chunkFrames())) {
            return animate(ahead, stop);
        }
    }

    private long animate(Iterator<MotionFrame> motion, BooleanSupplier stop) {
        return new OfflineAnimation(avatar, motion).render(
                frame -> sink.accept(new AnimatedFrame(frame, driving.answered())), stop);
    }
}
