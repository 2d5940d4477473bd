package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.schedule.WindowShape;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An avatar whose portrait and settings may be changed by any thread; a change takes effect with the next micro-chunk.
 * What the old portrait had in its window is answered by the new one's run-in, so that no frame goes missing.
 */
final class ChangingAvatar implements Avatar {
    private final AtomicReference<Avatar> next = new AtomicReference<>();
    private volatile LiveSettings settings;
    private volatile Avatar current;

    /** @param first closed with this */
    ChangingAvatar(Avatar first, LiveSettings settings) {
        this.current = first;
        this.settings = settings;
    }

    /** @param other of the same model; closed with this, or when another takes its place */
    void change(Avatar other) {
        closed(next.getAndSet(other));
    }

    /** For a change that came too late. */
    void discardNext() {
        closed(next.getAndSet(null));
    }

    void change(LiveSettings other) {
        settings = other;
    }

    @Override
    public WindowShape window() {
        return current.window();
    }

    @Override
    public List<BufferedImage> push(List<MotionFrame> driving, boolean shown) {
        Avatar newcomer = next.getAndSet(null);
        if (newcomer != null) {
            current.close();
            current = newcomer;
        }
        LiveSettings now = settings;
        MotionFrame rest = current.rest();
        return current.push(driving.stream().map(frame -> now.apply(frame, rest)).toList(), shown);
    }

    @Override
    public MotionSight sight() {
        return current.sight();
    }

    @Override
    public boolean readsBeside() {
        return current.readsBeside();
    }

    @Override
    public MotionFrame rest() {
        return current.rest();
    }

    @Override
    public void close() {
        discardNext();
        current.close();
    }

    private static void closed(Avatar unused) {
        if (unused != null) {
            unused.close();
        }
    }
}
