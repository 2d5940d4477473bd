package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Writes frames as a video, marked as made by a model ({@link io.personalive.media.AiMark}). What kind of file is said by its
 * name: {@code .mp4} (H.264), {@code .webm} (VP9), {@code .gif} (looping), or a folder of PNG pictures
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
            case "mp4" -> WrittenVideo.file(PendingFile.beside(target), frameRate,
                    file -> new EncodedVideo(new FileSink(file), VideoFormat.MP4, width, height, frameRate, audio), XmpAppender::toMp4);
            case "webm" -> WrittenVideo.file(PendingFile.beside(target), frameRate,
                    file -> new EncodedVideo(new FileSink(file), VideoFormat.WEBM, width, height, frameRate, audio), file -> { });
            case "gif" -> WrittenVideo.file(PendingFile.beside(target), frameRate,
                    file -> new AnimatedGif(new FileSink(silent(file, audio)), width, height), XmpAppender::toGif);
            default -> WrittenVideo.file(PendingFile.folderBeside(target), frameRate,
                    file -> new PictureFolder(silent(file, audio).temporary(), width, height), file -> { });
        };
    }

    /**
     * Writes an MP4 of pictures that no model made: a piece of a recording. It isn't marked.
     *
     * @param frameRate of frames that come without times
     */
    static VideoWriter recording(Path target, int width, int height, FrameRate frameRate) {
        return WrittenVideo.file(PendingFile.beside(target), frameRate,
                file -> new EncodedVideo(new FileSink(file, false), VideoFormat.MP4, width, height, frameRate, null), file -> { });
    }

    private static PendingFile silent(PendingFile file, AudioSource audio) {
        if (audio != null) {
            LoggerFactory.getLogger(VideoWriter.class).warn("{} holds no sound: that of {} is left out", file.target(), audio.file());
        }
        return file;
    }

    /**
     * Sends frames to a server: {@code rtmp://} and {@code rtmps://} as FLV, {@code srt://} as an MPEG transport stream,
     * H.264 in both. A server that goes away is tried again and again, with a warning in the log; frames are left out
     * meanwhile. Frames are sent as they are written, at the pace at which they are written.
     *
     * @param frameRate about how fast they will come
     * @param audio     null for none; its times are the frames'
     * @throws MediaException if the address is of no such kind, or the server can't be reached at first
     */
    static VideoWriter stream(String address, int width, int height, FrameRate frameRate, AudioSource audio) {
        VideoFormat format = StreamSink.format(address);
        StreamSink sink = new StreamSink(address);
        return new LiveStream(sink.name(), frameRate, begin -> WrittenVideo.sent(sink.name(), frameRate, new EncodedVideo(sink, format, width, height,
                frameRate, audio == null ? null : audio.from(begin * 1e-9))), System::nanoTime);
    }

    /** What an address is called where others may read it: without the key that lets one send there. */
    static String streamName(String address) {
        return new StreamSink(address).name();
    }

    /** Checks an address of a server without connecting. @throws MediaException if nothing can be sent there */
    static void checkStream(String address) {
        StreamSink.format(address);
    }

    /**
     * Shows frames to programs that look for a camera.
     *
     * @param device of Linux's v4l2loopback, such as /dev/video10
     * @throws MediaException if there is none, or it takes no pictures
     */
    static VideoWriter camera(Path device, int width, int height, FrameRate frameRate) {
        checkCamera(device);
        return WrittenVideo.sent(device.toString(), frameRate,
                new EncodedVideo(new CameraSink(device), VideoFormat.CAMERA, width, height, frameRate, null));
    }

    /** Checks a virtual camera without touching it. @throws MediaException if it isn't one that can be written to */
    static void checkCamera(Path device) {
        CameraSink.check(device);
    }

    /**
     * Gives a program an MP4 in fragments, one a frame, as they come; the first piece is the header.
     *
     * @param taker called by whoever writes; its exceptions end the writing
     */
    static VideoWriter fragments(Consumer<byte[]> taker, int width, int height, FrameRate frameRate) {
        return WrittenVideo.sent("the stream", frameRate,
                new EncodedVideo(new CallbackSink(taker), VideoFormat.FRAGMENTS, width, height, frameRate, null));
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
     * @param nanoseconds when it is shown, from 0. A time that isn't after that of the frame before becomes one that is,
     *                    by as little as the file can tell
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
