package io.personalive.cli.animate;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.stream.WindowShape;
import io.personalive.media.video.AudioSource;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import io.personalive.torch.Scope;
import java.awt.image.BufferedImage;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;

/** A video or a folder of pictures: a thread of its own decodes and frames them, a few micro-chunks ahead. */
final class DrivenByVideo implements Driving {
    private static final int CHUNK = WindowShape.OFFICIAL.chunkFrames();
    private static final int CHUNKS_AHEAD = 3;

    private final VideoReader video;
    private final DrivingFrames frames;
    private final boolean keepsPictures;
    private final Handover<BufferedImage> decoded = new Handover<>(CHUNK * CHUNKS_AHEAD);
    private final Deque<BufferedImage> unanswered = new ArrayDeque<>();

    /**
     * @param frames         of the video, settled; closed with this
     * @param keepsPictures  whether frames will be asked for again by {@link #picture}: each must be then
     */
    DrivenByVideo(VideoReader video, DrivingFrames frames, boolean keepsPictures) {
        this.video = video;
        this.frames = frames;
        this.keepsPictures = keepsPictures;
    }

    @Override
    public FrameRate frameRate() {
        return video.frameRate();
    }

    @Override
    public long estimatedFrames() {
        return frames.estimated();
    }

    @Override
    public Optional<AudioSource> audio() {
        return video.audio();
    }

    @Override
    public boolean hasPictures() {
        return true;
    }

    @Override
    public Iterator<MotionFrame> motion(Supplier<MotionReader> reader) {
        decoded.start("decode", () -> {
            BufferedImage frame = frames.next();
            while (frame != null && decoded.put(frame)) {
                frame = frames.next();
            }
        });
        return new ReadMotion(reader.get());
    }

    @Override
    public BufferedImage picture() {
        return unanswered.poll();
    }

    @Override
    public void close() {
        decoded.stop();
        frames.close();
    }

    /** Motion of the decoded frames, read a micro-chunk at a time. */
    private final class ReadMotion implements Iterator<MotionFrame> {
        private final MotionReader reader;
        private final Deque<MotionFrame> ready = new ArrayDeque<>();

        ReadMotion(MotionReader reader) {
            this.reader = reader;
        }

        @Override
        public boolean hasNext() {
            if (ready.isEmpty()) {
                List<BufferedImage> chunk = new ArrayList<>();
                for (BufferedImage frame; chunk.size() < CHUNK && (frame = decoded.take()) != null;) {
                    chunk.add(frame);
                }
                if (!chunk.isEmpty()) {
                    read(chunk);
                }
            }
            return !ready.isEmpty();
        }

        private void read(List<BufferedImage> chunk) {
            try (Scope scope = new Scope()) {
                ready.addAll(reader.read(Frames.toSigned(chunk)));
            }
            if (keepsPictures) {
                unanswered.addAll(chunk);
            }
        }

        @Override
        public MotionFrame next() {
            if (!hasNext()) {
                throw new NoSuchElementException("the driving video has ended");
            }
            return ready.remove();
        }
    }
}
