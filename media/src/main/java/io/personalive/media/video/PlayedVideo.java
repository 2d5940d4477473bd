package io.personalive.media.video;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A video, or a folder of pictures, whose pictures come when they are to be shown. */
public final class PlayedVideo implements PictureStream {
    private final VideoReader video;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long begun;

    /** @param video closed with this; plays from the first call of {@link #next} on */
    public PlayedVideo(VideoReader video) {
        this.video = video;
    }

    @Override
    public TimedPicture next() {
        TimedPicture picture = stopped.getCount() == 0 ? null : video.nextTimed();
        if (picture == null) {
            return null;
        }
        if (begun == 0) {
            begun = System.nanoTime() - picture.nanoseconds();
        }
        try {
            return stopped.await(begun + picture.nanoseconds() - System.nanoTime(), TimeUnit.NANOSECONDS) ? null : picture;
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    @Override
    public FrameRate frameRate() {
        return video.frameRate();
    }

    @Override
    public void stop() {
        stopped.countDown();
    }

    @Override
    public void close() {
        video.close();
    }
}
