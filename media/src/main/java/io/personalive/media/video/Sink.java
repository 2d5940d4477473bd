package io.personalive.media.video;

import io.personalive.media.MediaException;
import org.bytedeco.ffmpeg.avformat.AVIOContext;

/** What the bytes of a container go to. */
interface Sink {
    /** What it is called in messages. */
    String name();

    /** What FFmpeg calls it. */
    String address();

    /** @return an opened stream of bytes; null where the container opens the address itself */
    AVIOContext open();

    /** Writes what is buffered and closes it. @return FFmpeg's code */
    int close(AVIOContext io);

    /** Whether what goes there was made by a model and says so. */
    default boolean isMarked() {
        return true;
    }

    /** Told what the container's end will take beside what is written, so that it can be completed when no more can be written. */
    default void keepRoom(long bytes) {
        // most have no limit that they know of
    }

    /** @throws MediaException if no more should be written, though what was can be completed */
    default void checkRoom() {
        // most have no limit that they know of
    }

    /** Only the container's end follows. */
    default void complete() {
        // nothing was kept
    }

    /** @param code FFmpeg's, negative. @return what to tell the person who chose this sink */
    MediaException failed(int code);

    /** @return the code, if it is no error */
    default int check(int code) {
        if (code < 0) {
            throw failed(code);
        }
        return code;
    }
}
