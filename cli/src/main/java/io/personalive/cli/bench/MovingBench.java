package io.personalive.cli.bench;

import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.moved.ComposedPerformance;
import io.personalive.animation.moved.DriverReader;
import io.personalive.animation.moved.MovedPortrait;
import io.personalive.animation.moved.MovedPortraitNetworks;
import io.personalive.animation.moved.PaintedPortrait;
import io.personalive.torch.Device;
import java.awt.image.BufferedImage;
import java.util.List;

/** Times a model that moves portraits, on the painted one, driven by a film of itself. */
final class MovingBench {
    private final MovedPortraitSource source;
    private final Device device;
    private final Stopwatch stopwatch;

    MovingBench(MovedPortraitSource source, Device device, Stopwatch stopwatch) {
        this.source = source;
        this.device = device;
        this.stopwatch = stopwatch;
    }

    /**
     * @param reading      the driver's motion, a frame
     * @param moving       the portrait, a frame
     * @param firstFrameMs from the beginning of loading to the first frame
     */
    record Result(Timing reading, Timing moving, double firstFrameMs) {
        double framesPerSecond() {
            return 1e3 / (reading.medianMs() + moving.medianMs());
        }
    }

    Result run() {
        BufferedImage picture = PaintedPortrait.picture();
        List<MotionFrame> performance = ComposedPerformance.SPEECH.frames();
        long begun = System.nanoTime();
        try (MovedPortraitNetworks networks = MovedPortraitNetworks.load(source, device);
                MovedPortrait portrait = MovedPortrait.of(picture, networks)) {
            BufferedImage first = portrait.moved(performance.get(0));
            double firstFrameMs = (System.nanoTime() - begun) / 1e6;
            DriverReader driver = networks.driver();
            driver.read(List.of(first));
            int[] frame = new int[1];
            BufferedImage[] filmed = {first};
            Timing moving = stopwatch.time("move", () -> filmed[0] = portrait.moved(performance.get(frame[0]++ % performance.size())));
            Timing reading = stopwatch.time("driver", () -> driver.read(List.of(filmed[0])));
            return new Result(reading, moving, firstFrameMs);
        }
    }
}
