package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Writes frames as a video, marked as made by a model ({@link io.personalive.media.AiMark}). What kind is said by the
 * target's name: {@code .mp4} (H.264), {@code .webm} (VP9), {@code .gif} (looping), or a folder of PNG pictures
 * (a name without a dot, or an existing folder). The target appears when the writer is closed; closed early, it holds
 * the frames written so far. Not thread-safe; holds a few frames, however long the video is.
 */
public interface VideoWriter extends AutoCloseable {
    /**
     * @param width     of every frame, pixels. MP4 and WebM hold even sizes only: an odd one is made even by repeating
     *                  the last column or row
     * @param height    of every frame, pixels
     * @param frameRate of frames that come without times, kept exactly (GIF: to a hundredth of a second); what frames with
     *                  times have on average
     * @param audio     sound to go with the frames, cut to their length; null for none. Sound that can't be used is
     *                  left out with a warning, as it is for GIF and pictures
     * @throws MediaException if the name's ending is unknown or nothing can be written there
     */
    static VideoWriter open(Path target, int width, int height, FrameRate frameRate, AudioSource audio) {
        return switch (kind(target)) {
            case "mp4" -> new EncodedVideo(target, VideoFormat.MP4, width, height, frameRate, audio);
            case "webm" -> new EncodedVideo(target, VideoFormat.WEBM, width, height, frameRate, audio);
            case "gif" -> new AnimatedGif(target, width, height, frameRate, audio);
            default -> new PictureFolder(target, width, height, frameRate, audio);
        };
    }

    /**
     * Checks a target without touching it, so that what is wrong with it is told before the work and not after.
     *
     * @throws MediaException if no kind of video goes with the name, or nothing can be written there
     */
    static void check(Path target) {
        if (kind(target).equals("folder")) {
            PendingFile.checkFolder(target);
        } else {
            PendingFile.checkFile(target);
        }
    }

    private static String kind(Path target) {
        String name = target.getFileName() == null ? "" : target.getFileName().toString();
        int dot = name.lastIndexOf('.');
        if (Files.isDirectory(target) || dot <= 0) {
            return "folder";
        }
        String ending = name.substring(dot + 1).toLowerCase(Locale.ROOT);
        return switch (ending) {
            case "mp4", "webm", "gif" -> ending;
            default -> throw new MediaException(target + ": '." + ending + "' can't be written: name a .mp4, .webm or .gif file, or a folder for PNG pictures");
        };
    }

    /** Writes the next frame at the constant rate. See {@link #write(BufferedImage, long)}. */
    default void write(BufferedImage frame) {
        write(frame, Math.round(frameRate().seconds(frames()) * 1e9));
    }

    /**
     * Each frame is shown until the next one's time, the last as long as the one before it, or a frame at the average rate
     * if that is shorter. Pictures in a folder have no times.
     *
     * @param frame       TYPE_3BYTE_BGR of the size given on opening; may be changed by the caller afterwards
     * @param nanoseconds when it is shown, from 0; more than the time of the frame before
     * @throws MediaException if it can't be written, as when the disk is full
     */
    void write(BufferedImage frame, long nanoseconds);

    /** Frames written so far. */
    long frames();

    /** As given on opening. */
    FrameRate frameRate();

    /**
     * Completes the file and gives it its name; does nothing the second time, or after {@link #abort}.
     *
     * @throws MediaException if no frame was written (then there is no file), or it can't be completed
     */
    @Override
    void close();

    /** Throws away what was written: no file appears, an older one of that name stays. */
    void abort();
}
