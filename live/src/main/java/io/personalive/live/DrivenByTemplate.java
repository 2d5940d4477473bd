package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Motion that was read before. */
public final class DrivenByTemplate implements RecordedDriving {
    private final List<MotionFrame> frames;
    private final FrameRate rate;
    private long answered;

    /** @param frames those that are played, at least one */
    public DrivenByTemplate(List<MotionFrame> frames, FrameRate rate) {
        this.frames = List.copyOf(frames);
        this.rate = rate;
    }

    @Override
    public FrameRate frameRate() {
        return rate;
    }

    @Override
    public long estimatedFrames() {
        return frames.size();
    }

    @Override
    public Optional<AudioSource> audio() {
        return Optional.empty();
    }

    @Override
    public boolean endedEarly() {
        return false;
    }

    @Override
    public boolean hasPictures() {
        return false;
    }

    @Override
    public Iterator<MotionFrame> motion(Supplier<MotionSight> sight) {
        return frames.iterator();
    }

    @Override
    public DrivingFrame answered() {
        return new DrivingFrame(null, Math.round(rate.seconds(answered++) * 1e9));
    }

    @Override
    public void close() {
        // nothing is open
    }
}
