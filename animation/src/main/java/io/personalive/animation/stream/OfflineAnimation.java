package io.personalive.animation.stream;

import io.personalive.animation.motion.MotionFrame;
import java.awt.image.BufferedImage;
import java.util.Iterator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Animates a performance so that output frame i answers driving frame i. The run-in is dropped; behind its end
 * the performance is continued as its mirror image, to fill the last micro-chunk and to flush the window. Frames are
 * pulled as they are needed, and only as many are remembered as the mirror may reach.
 */
public final class OfflineAnimation {
    private final MicroChunks stream;
    private final Mirror mirror;

    /** @param motion of the driver, one element a frame; read from the rendering thread */
    public OfflineAnimation(AnimationStream stream, Iterator<MotionFrame> motion) {
        this(MicroChunks.of(stream), motion);
    }

    /** @param motion of the driver, one element a frame; asked from the rendering thread when a micro-chunk is due, not before */
    public OfflineAnimation(MicroChunks stream, Iterator<MotionFrame> motion) {
        this.stream = stream;
        this.mirror = new Mirror(motion, stream.window().frames() + stream.window().chunkFrames());
    }

    /**
     * @param frames takes every finished frame, in order
     * @param stop   asked before every step; once true, rendering ends with what is done
     * @return how many frames were made
     */
    public int render(Consumer<BufferedImage> frames, BooleanSupplier stop) {
        int chunkFrames = stream.window().chunkFrames();
        int runIn = stream.window().earlierFrames();
        int made = 0;
        for (int entered = 0; !stop.getAsBoolean(); entered += chunkFrames) {
            List<MotionFrame> driving = mirror.frames(entered, chunkFrames);
            if (driving.isEmpty() || complete(made)) {
                break;
            }
            for (BufferedImage frame : stream.push(driving, entered >= runIn)) {
                if (!complete(made)) {
                    frames.accept(frame);
                    made++;
                }
            }
            if (complete(made)) {
                break;
            }
        }
        return made;
    }

    private boolean complete(int made) {
        return mirror.length() >= 0 && made >= mirror.length();
    }
}
