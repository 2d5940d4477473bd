package io.personalive.media.video;

import java.awt.image.BufferedImage;

/** Makes one kind of video of frames; {@link WrittenVideo} sees to everything else in its life. */
interface FrameEncoding extends AutoCloseable {
    /**
     * @param nanoseconds when the frame is shown, from the video's beginning; later than the one before
     * @param end         when it ends if it is the last
     */
    void encode(BufferedImage frame, long nanoseconds, long end);

    /** Writes what is still held back. @param end when the last frame ends, nanoseconds */
    void finish(long end);

    /** Frees what it holds, finished or not. */
    @Override
    void close();
}
