package io.personalive.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.face.FaceChoice;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DrivingFramesTest {
    @TempDir
    private Path folder;

    private DrivingFrames open(Crop crop, long most) {
        Path file = Drawn.video(folder.resolve("driving.mp4"), 40, FrameRate.DEFAULT, null);
        return new DrivingFrames(VideoReader.open(file), crop, 64, FaceChoice.LARGEST, most, null);
    }

    /** Where the ball is, 0 (left) to 1. */
    private static double ball(BufferedImage frame) {
        int sum = 0, count = 0;
        for (int x = 0; x < frame.getWidth(); x++) {
            Color colour = new Color(frame.getRGB(x, frame.getHeight() / 2));
            if (colour.getRed() > 150) {
                sum += x;
                count++;
            }
        }
        double width = 64 / 4.0;
        return (sum / (double) count - width / 2) / (64 - width);
    }

    @Test
    void framesThatWereLookedAtAheadAreGivenToo() {
        try (DrivingFrames frames = open(Crop.AUTO, 1000)) {
            assertFalse(frames.settle());
            assertEquals(40, frames.estimated());
            for (int i = 0; i < 40; i++) {
                BufferedImage frame = frames.next().picture();
                assertEquals(64, frame.getWidth());
                assertEquals(64, frame.getHeight());
                assertEquals(i / 39.0, ball(frame), 0.03, "frame " + i);
            }
            assertNull(frames.next());
        }
    }

    @Test
    void framesHaveTheVideosOwnTimes() {
        try (DrivingFrames frames = open(Crop.AUTO, 1000)) {
            frames.settle();
            for (int i = 0; i < 40; i++) {
                assertEquals(40_000_000L * i, frames.next().nanoseconds());
            }
        }
    }

    /** 25 frames a second at 10: those nearest to a tenth of a second, the last one of several. */
    @Test
    void ofFramesThatComeFasterThanARateTheOthersAreLeftOut() {
        Path file = Drawn.video(folder.resolve("driving.mp4"), 40, FrameRate.DEFAULT, null);
        try (DrivingFrames frames = new DrivingFrames(VideoReader.open(file), Crop.NONE, 64, FaceChoice.LARGEST, 1000, new FrameRate(10, 1))) {
            frames.settle();
            assertEquals(16, frames.estimated());
            int[] kept = {1, 3, 6, 8, 11, 13, 16};
            for (int i = 0; i < kept.length; i++) {
                DrivingFrame frame = frames.next();
                assertEquals(kept[i] / 39.0, ball(frame.picture()), 0.03);
                assertEquals(100_000_000L * i, frame.nanoseconds());
            }
        }
    }

    @Test
    void noMoreAreGivenThanWereAskedFor() {
        try (DrivingFrames frames = open(Crop.NONE, 2)) {
            assertTrue(frames.settle());
            assertEquals(2, frames.estimated());
            assertEquals(0, ball(frames.next().picture()), 0.03);
            assertEquals(1 / 39.0, ball(frames.next().picture()), 0.03);
            assertNull(frames.next());
        }
    }
}
