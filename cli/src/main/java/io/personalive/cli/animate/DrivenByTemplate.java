package io.personalive.cli.animate;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import java.awt.image.BufferedImage;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Motion that was read before.
 *
 * @param frames those that are played, at least one
 */
record DrivenByTemplate(List<MotionFrame> frames, FrameRate frameRate) implements Driving {
    @Override
    public long estimatedFrames() {
        return frames.size();
    }

    @Override
    public Optional<AudioSource> audio() {
        return Optional.empty();
    }

    @Override
    public boolean hasPictures() {
        return false;
    }

    @Override
    public Iterator<MotionFrame> motion(Supplier<MotionReader> reader) {
        return frames.iterator();
    }

    @Override
    public BufferedImage picture() {
        return null;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
