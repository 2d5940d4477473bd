package io.personalive.training.preparation;

import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/** A video at about the rate at which models are trained: of faster ones every second, third, … frame. */
final class StridedVideo implements AutoCloseable {
    private final VideoReader video;
    private final int stride;
    private boolean begun;

    StridedVideo(Path file) {
        video = VideoReader.open(file);
        stride = (int) Math.max(1, Math.round(video.frameRate().perSecond() / FrameRate.DEFAULT.perSecond()));
    }

    FrameRate rate() {
        FrameRate rate = video.frameRate();
        return stride == 1 ? rate : new FrameRate(rate.numerator(), Math.multiplyExact(rate.denominator(), stride));
    }

    int width() {
        return video.width();
    }

    int height() {
        return video.height();
    }

    /** @return the next frame, TYPE_3BYTE_BGR; null after the last */
    BufferedImage next() {
        for (int skipped = 1; begun && skipped < stride; skipped++) {
            if (video.next() == null) {
                return null;
            }
        }
        begun = true;
        return video.next();
    }

    /** See {@link VideoReader#endedEarly}. */
    boolean endedEarly() {
        return video.endedEarly();
    }

    @Override
    public void close() {
        video.close();
    }
}
