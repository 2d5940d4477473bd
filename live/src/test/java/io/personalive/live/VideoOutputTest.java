package io.personalive.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.media.image.Bgr;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.TimedPicture;
import io.personalive.media.video.VideoReader;
import io.personalive.media.video.VideoWriter;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VideoOutputTest {
    private static final FrameRate TENTHS = new FrameRate(10, 1);
    private static final long MILLISECOND = 1_000_000;

    @TempDir
    private Path folder;

    /** Frames in three shades, at 0, 100 and 500 ms. */
    private Path written(FrameRate rate) {
        Path file = folder.resolve("out.mp4");
        try (VideoOutput output = new VideoOutput(VideoWriter.open(file, 64, 64, TENTHS, null), 64, null, rate)) {
            output.accept(frame(0, 0));
            output.accept(frame(100, 100));
            output.accept(frame(200, 500));
            output.finish();
            output.rethrow();
        }
        return file;
    }

    private static AnimatedFrame frame(int shade, long milliseconds) {
        BufferedImage picture = Bgr.blank(64, 64);
        Graphics2D paint = picture.createGraphics();
        paint.setColor(new Color(shade, shade, shade));
        paint.fillRect(0, 0, 64, 64);
        paint.dispose();
        return new AnimatedFrame(picture, new DrivingFrame(null, milliseconds * MILLISECOND));
    }

    /** Of each frame its time in milliseconds plus its shade, rounded. */
    private static List<Long> read(Path file) {
        List<Long> read = new ArrayList<>();
        try (VideoReader reader = VideoReader.open(file)) {
            for (TimedPicture frame = reader.nextTimed(); frame != null; frame = reader.nextTimed()) {
                long shade = Math.round((frame.picture().getRGB(32, 32) & 255) / 100.0);
                read.add(frame.nanoseconds() / MILLISECOND + shade);
            }
        }
        return read;
    }

    @Test
    void eachFrameIsWrittenOnceAtItsDrivingFramesTime() {
        assertEquals(List.of(0L, 101L, 502L), read(written(null)));
    }

    @Test
    void atAConstantRateAFrameIsHeldUntilTheNext() {
        assertEquals(List.of(0L, 101L, 201L, 301L, 401L, 502L), read(written(TENTHS)));
    }
}
