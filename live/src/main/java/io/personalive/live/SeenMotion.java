package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Motion of frames that another thread hands over, read a micro-chunk at a time; remembers which frames are unanswered. */
final class SeenMotion implements Iterator<MotionFrame> {
    private final Supplier<List<DrivingFrame>> chunks;
    private final UnaryOperator<BufferedImage> framing;
    private final Supplier<MotionSight> sight;
    private final Deque<MotionFrame> ready = new ArrayDeque<>();
    private final Queue<DrivingFrame> unanswered = new ConcurrentLinkedQueue<>();

    /**
     * @param chunks  gives the next micro-chunk of frames; none when nothing comes any more
     * @param framing makes pictures what the model takes
     * @param sight   asked before every micro-chunk
     */
    SeenMotion(Supplier<List<DrivingFrame>> chunks, UnaryOperator<BufferedImage> framing, Supplier<MotionSight> sight) {
        this.chunks = chunks;
        this.framing = framing;
        this.sight = sight;
    }

    @Override
    public boolean hasNext() {
        if (ready.isEmpty()) {
            List<DrivingFrame> taken = chunks.get().stream()
                    .map(frame -> frame.with(framing.apply(frame.picture()))).toList();
            if (!taken.isEmpty()) {
                unanswered.addAll(taken);
                ready.addAll(sight.get().read(taken.stream().map(DrivingFrame::picture).toList()));
            }
        }
        return !ready.isEmpty();
    }

    @Override
    public MotionFrame next() {
        if (!hasNext()) {
            throw new NoSuchElementException("the driver has ended");
        }
        return ready.remove();
    }

    /** See {@link Driving#answered}; may be asked by another thread than that which reads. */
    DrivingFrame answered() {
        return unanswered.remove();
    }
}
