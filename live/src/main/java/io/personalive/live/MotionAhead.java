package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import java.util.Iterator;
import java.util.NoSuchElementException;

/** Reads a driver's motion in a thread of its own, one micro-chunk ahead of who takes it. */
final class MotionAhead implements Iterator<MotionFrame>, AutoCloseable {
    private final Handover<MotionFrame> read;
    private MotionFrame next;

    /** Begins at once. @param motion used by the other thread alone until this is closed */
    MotionAhead(Iterator<MotionFrame> motion, int chunk) {
        read = new Handover<>(chunk);
        read.start("read-driver", () -> {
            while (motion.hasNext() && read.put(motion.next())) {
                // further, until nothing comes or is wanted any more
            }
        });
    }

    @Override
    public boolean hasNext() {
        if (next == null) {
            next = read.take();
        }
        return next != null;
    }

    @Override
    public MotionFrame next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the driver has ended");
        }
        MotionFrame taken = next;
        next = null;
        return taken;
    }

    /** Waits for the frame that is being read. */
    @Override
    public void close() {
        read.stop();
    }
}
