package io.personalive.training.evaluation;

import io.personalive.live.Crop;
import io.personalive.live.DrivingFrame;
import io.personalive.live.DrivingFrames;
import io.personalive.media.MediaException;
import io.personalive.media.face.FaceChoice;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import java.awt.image.BufferedImage;
import java.nio.file.Path;

/**
 * How a clip's frames are taken.
 *
 * @param crop whether they are framed around the face, or made square as they are
 * @param size side of the frames, pixels
 * @param most frames that are taken at most
 */
record ClipFrames(Crop crop, int size, long most) {
    /** A clip, opened and framed. */
    record Opened(DrivingFrames frames, FrameRate rate, int width, long estimated) {}

    /** @return the frames, the caller's to close */
    Opened open(Path video) {
        VideoReader reader = VideoReader.open(video);
        FrameRate rate = reader.frameRate();
        int width = reader.width();
        DrivingFrames frames = new DrivingFrames(reader, crop, size, FaceChoice.LARGEST, most, null);
        try {
            frames.settle();
            return new Opened(frames, rate, width, frames.estimated());
        } catch (RuntimeException failed) {
            frames.close();
            throw failed;
        }
    }

    /** @return its first frame: the portrait */
    BufferedImage portrait(Path video) {
        try (DrivingFrames frames = open(video).frames()) {
            DrivingFrame first = frames.next();
            if (first == null) {
                throw new MediaException(video + " holds no frame");
            }
            return first.picture();
        }
    }
}
