package io.personalive.media.video;

/** Pictures that come at their own pace: from a camera, a server, or a file that is played. Used by one thread. */
public interface PictureStream extends AutoCloseable {
    /**
     * Waits for the next picture, and no longer.
     *
     * @return null when no more come
     */
    TimedPicture next();

    /** About how fast they come. */
    FrameRate frameRate();

    /** Makes {@link #next} return null soon, from any thread. */
    void stop();

    /** To be called when nobody is in {@link #next} any more. */
    @Override
    void close();
}
