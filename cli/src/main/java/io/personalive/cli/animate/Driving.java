package io.personalive.cli.animate;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import java.awt.image.BufferedImage;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;

/** A performance that drives a portrait, opened and checked. Used by one thread. */
interface Driving extends AutoCloseable {
    FrameRate frameRate();

    /** How many frames there will be; -1 if that isn't known. */
    long estimatedFrames();

    /** The sound that goes with the frames, if there is any. */
    Optional<AudioSource> audio();

    /** Whether there are pictures to be shown. */
    boolean hasPictures();

    /**
     * Begins the performance; to be called once.
     *
     * @param reader gives what reads motion off pictures; not asked where motion is at hand
     * @return the motion of each frame
     */
    Iterator<MotionFrame> motion(Supplier<MotionReader> reader);

    /** @return the oldest frame whose motion was taken and which wasn't asked for yet; null where there are none */
    BufferedImage picture();

    @Override
    void close();
}
