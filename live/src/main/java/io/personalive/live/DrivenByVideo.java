package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** A video or a folder of pictures: a thread of its own decodes and frames them, a few micro-chunks ahead. */
public final class DrivenByVideo implements RecordedDriving {
    private static final int CHUNKS_AHEAD = 3;

    private final DrivingFrames frames;
    private final int chunk;
    private final Handover<DrivingFrame> decoded;
    private SeenMotion seen;

    /**
     * @param frames settled; closed with this
     * @param chunk  frames of a micro-chunk
     */
    public DrivenByVideo(DrivingFrames frames, int chunk) {
        this.frames = frames;
        this.chunk = chunk;
        this.decoded = new Handover<>(chunk * CHUNKS_AHEAD);
    }

    @Override
    public FrameRate frameRate() {
        return frames.frameRate();
    }

    @Override
    public long estimatedFrames() {
        return frames.estimated();
    }

    @Override
    public Optional<AudioSource> audio() {
        return frames.video().audio();
    }

    @Override
    public boolean endedEarly() {
        return frames.video().endedEarly();
    }

    @Override
    public boolean hasPictures() {
        return true;
    }

    @Override
    public Iterator<MotionFrame> motion(Supplier<MotionSight> sight) {
        decoded.start("decode", () -> {
            DrivingFrame frame = frames.next();
            while (frame != null && decoded.put(frame)) {
                frame = frames.next();
            }
        });
        MotionSight reader = sight.get();
        seen = new SeenMotion(() -> decoded.take(chunk), UnaryOperator.identity(), () -> reader);
        return seen;
    }

    @Override
    public DrivingFrame answered() {
        return seen.answered();
    }

    @Override
    public void close() {
        decoded.stop();
        frames.close();
    }
}
