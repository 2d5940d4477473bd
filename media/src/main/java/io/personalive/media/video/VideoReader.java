package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.image.Transparent;
import io.personalive.media.picture.PictureReader;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads the frames of a video one after the other, at a constant rate, upright, as TYPE_3BYTE_BGR. A source whose
 * frames come at uneven times is brought to its average rate by leaving frames out or repeating them, so that
 * it stays in step with its sound. Not thread-safe; holds a frame or two, however long the video is.
 */
public interface VideoReader extends AutoCloseable {
    /** The whole video; a folder of pictures at {@link FrameRate#DEFAULT}. See {@link #open(Path, double, FrameRate)}. */
    static VideoReader open(Path source) {
        return open(source, 0, FrameRate.DEFAULT);
    }

    /** Frames over {@link Transparent#BACKGROUND}. See {@link #open(Path, double, FrameRate, Color)}. */
    static VideoReader open(Path source, double startSeconds, FrameRate folderRate) {
        return open(source, startSeconds, folderRate, Transparent.BACKGROUND);
    }

    /**
     * @param source       a video or animated GIF, a picture, or a folder of pictures (taken in the order of their numbers)
     * @param startSeconds where to begin, seconds from the first frame
     * @param folderRate   what a folder of pictures plays at; a video's own rate stands in its file
     * @param background   what shows where frames are transparent
     * @throws MediaException if the source is missing, empty, no video, without pictures or shorter than the start
     */
    static VideoReader open(Path source, double startSeconds, FrameRate folderRate, Color background) {
        if (!Files.exists(source)) {
            throw new MediaException(source + " does not exist");
        }
        if (startSeconds < 0) {
            throw new MediaException("the start is counted from the first frame of " + source + ": it can't be negative (" + startSeconds + " s)");
        }
        return Files.isDirectory(source) || PictureReader.isPicture(source) ? new PictureSequence(source, startSeconds, folderRate, background)
                : new DecodedVideo(source, startSeconds, background);
    }

    /** Of the frames as they are given out, pixels: turned upright, pixels made square. */
    int width();

    int height();

    FrameRate frameRate();

    /** How many frames there will be from the start on, as far as the file says; -1 if it doesn't. */
    long estimatedFrames();

    /** The sound that belongs to the frames, beginning at the first of them; empty if there is none. */
    Optional<AudioSource> audio();

    /**
     * @return the next frame, the caller's to keep and change; null after the last. A video that is damaged on the way
     *         ends there, with a warning in the log
     * @throws MediaException if a picture of a folder is damaged
     */
    BufferedImage next();

    /**
     * The next frame as it lies in the source, with its own time: none is repeated or left out, however long a pause is.
     * A reader is asked either for these or for frames at a constant rate ({@link #next}), not for both in turn.
     *
     * @return null after the last
     */
    TimedPicture nextTimed();

    /** Whether the frames ended well before the time that the source states; known after the last. A warning in the log says so. */
    boolean endedEarly();

    @Override
    void close();
}
