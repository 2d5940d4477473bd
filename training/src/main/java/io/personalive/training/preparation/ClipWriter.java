package io.personalive.training.preparation;

import io.personalive.media.MediaException;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes the frames of one clip. That a clip can't be written is no fault of the video that it is cut from, and so another
 * exception than that one can't be read.
 */
final class ClipWriter implements AutoCloseable {
    private final VideoWriter video;

    /** @param side of the frames, pixels */
    ClipWriter(Path file, int side, FrameRate rate) throws IOException {
        try {
            video = VideoWriter.recording(file, side, side, rate);
        } catch (MediaException unwritable) {
            throw failed(unwritable);
        }
    }

    void write(BufferedImage frame) throws IOException {
        try {
            video.write(frame);
        } catch (MediaException unwritable) {
            throw failed(unwritable);
        }
    }

    /** Gives the clip its name, if it has any frame. */
    void finish() throws IOException {
        try {
            if (video.frames() > 0) {
                video.close();
            }
        } catch (MediaException unwritable) {
            throw failed(unwritable);
        }
    }

    private static IOException failed(MediaException unwritable) {
        return new IOException(unwritable.getMessage(), unwritable);
    }

    /** Removes what isn't finished. */
    @Override
    public void close() {
        video.abort();
    }
}
