package io.personalive.live;

import io.personalive.media.image.Resize;
import io.personalive.media.image.SideBySide;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoWriter;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Encodes finished frames in a thread of its own. */
public final class VideoOutput implements FrameSink, AutoCloseable {
    /** Frames that may wait for the encoder. */
    private static final int WAITING = 8;

    private final Handover<AnimatedFrame> finished = new Handover<>(WAITING);
    private final VideoWriter writer;
    private final int size;
    private final BufferedImage reference;
    private final FrameRate rate;
    private boolean complete;

    /**
     * @param writer    takes the rows of panels; closed with this
     * @param size      side of a panel, pixels
     * @param reference shown beside each frame, and the driver too where there are pictures of it; null for the frames
     *                  alone
     * @param rate      at which frames are written whatever their times, each held until the next one's; null for frames
     *                  with their own times
     */
    public VideoOutput(VideoWriter writer, int size, BufferedImage reference, FrameRate rate) {
        this.writer = writer;
        this.size = size;
        this.rate = rate;
        this.reference = reference == null ? null : Resize.toSquare(reference, size);
        finished.start("encode", this::encode);
    }

    private void encode() {
        BufferedImage held = null;
        for (AnimatedFrame next = finished.take(); next != null; next = finished.take()) {
            BufferedImage row = row(next);
            if (rate == null) {
                writer.write(row, next.nanoseconds());
                continue;
            }
            while (held != null && writer.frames() < rate.frames(next.nanoseconds() / 1e9)) {
                writer.write(held);
            }
            held = row;
        }
        if (held != null) {
            writer.write(held);
        }
    }

    private BufferedImage row(AnimatedFrame frame) {
        if (reference == null) {
            return frame.picture();
        }
        List<BufferedImage> panels = new ArrayList<>(List.of(reference, frame.picture()));
        if (frame.driving().picture() != null) {
            panels.add(1, frame.driving().picture());
        }
        return SideBySide.of(size, size, panels.toArray(BufferedImage[]::new));
    }

    /** Waits where the encoder is far behind. @throws RuntimeException what went wrong there */
    @Override
    public void accept(AnimatedFrame frame) {
        finished.put(frame);
    }

    /**
     * Encodes what waits and completes the file; without a frame there is none. What was encoded is completed too where
     * encoding failed on the way, before that is thrown.
     *
     * @return how many frames were written
     */
    public long finish() {
        finished.stop();
        complete = true;
        if (writer.frames() == 0) {
            writer.abort();
        } else {
            writer.close();
        }
        return writer.frames();
    }

    /** Throws what went wrong while encoding, if anything did. */
    public void rethrow() {
        finished.rethrow();
    }

    /** Ends it; what isn't finished leaves no file. */
    @Override
    public void close() {
        finished.stop();
        if (!complete) {
            writer.abort();
        }
    }
}
