package io.personalive.media.video;

import java.nio.file.Path;

/**
 * Where a written video's sound comes from.
 *
 * @param file         any audio or video file
 * @param startSeconds which moment of it, on its own clock, belongs to the first written frame
 */
public record AudioSource(Path file, double startSeconds) {
    /** The same sound for a video that begins later. @param seconds how much later */
    public AudioSource from(double seconds) {
        return new AudioSource(file, startSeconds + seconds);
    }
}
