package io.personalive.media.video;

import java.nio.file.Path;

/**
 * Where a written video's sound comes from.
 *
 * @param file         any audio or video file
 * @param startSeconds which moment of it, on its own clock, belongs to the first written frame
 * @param position     where the packets of that moment lie, bytes, in a file whose clock begins anew on the way; else -1
 */
public record AudioSource(Path file, double startSeconds, long position) {
    /** Sound of a file with one clock. */
    public AudioSource(Path file, double startSeconds) {
        this(file, startSeconds, -1);
    }

    /** The same sound for a video that begins later. @param seconds how much later */
    public AudioSource from(double seconds) {
        return new AudioSource(file, startSeconds + seconds, position);
    }
}
