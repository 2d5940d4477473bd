package io.personalive.cli.animate;

import io.personalive.media.image.Resize;
import io.personalive.media.image.SideBySide;
import io.personalive.media.video.VideoWriter;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;

/** Encodes finished frames in a thread of its own. What isn't finished leaves no file. */
final class VideoOutput implements AutoCloseable {
    /** Frames that may wait for the encoder. */
    private static final int WAITING = 8;

    private final Handover<Finished> finished = new Handover<>(WAITING);
    private final VideoWriter writer;
    private final int size;
    private final BufferedImage reference;
    private boolean complete;

    private record Finished(BufferedImage result, BufferedImage driving) {}

    /**
     * @param writer    takes the rows of panels; closed with this
     * @param size      side of a panel, pixels
     * @param reference shown beside each frame; null for the frames alone
     */
    VideoOutput(VideoWriter writer, int size, BufferedImage reference) {
        this.writer = writer;
        this.size = size;
        this.reference = reference == null ? null : Resize.toSquare(reference, size);
        finished.start("encode", this::encode);
    }

    private void encode() {
        for (Finished next = finished.take(); next != null; next = finished.take()) {
            writer.write(row(next));
        }
    }

    private BufferedImage row(Finished frame) {
        if (reference == null) {
            return frame.result();
        }
        List<BufferedImage> panels = new ArrayList<>(List.of(reference, frame.result()));
        if (frame.driving() != null) {
            panels.add(1, frame.driving());
        }
        return SideBySide.of(size, size, panels.toArray(BufferedImage[]::new));
    }

    /**
     * Waits where the encoder is far behind.
     *
     * @param result  a finished frame
     * @param driving the frame that it answers; null if that isn't shown
     */
    void write(BufferedImage result, BufferedImage driving) {
        finished.put(new Finished(result, driving));
    }

    /**
     * Encodes what waits and completes the file; without a frame there is none.
     *
     * @return how many frames were written
     */
    long finish() {
        finished.stop();
        finished.rethrow();
        complete = true;
        if (writer.frames() == 0) {
            writer.abort();
        } else {
            writer.close();
        }
        return writer.frames();
    }

    @Override
    public void close() {
        finished.stop();
        if (!complete) {
            writer.abort();
        }
    }
}
