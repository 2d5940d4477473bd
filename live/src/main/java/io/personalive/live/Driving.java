package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import java.util.Iterator;
import java.util.function.Supplier;

/** A performance that drives a portrait. Used by one thread, but for {@link #answered}. */
public interface Driving extends AutoCloseable {
    /**
     * Begins the performance; to be called once.
     *
     * @param sight gives what reads motion off pictures; not asked where motion is at hand
     * @return the motion of each frame
     */
    Iterator<MotionFrame> motion(Supplier<MotionSight> sight);

    /** For any thread. @return the oldest frame whose motion was taken and which wasn't asked for yet */
    DrivingFrame answered();

    @Override
    void close();
}
