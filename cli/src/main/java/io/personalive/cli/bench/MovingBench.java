package io.personalive.cli.bench;

import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.moved.ComposedPerformance;
import io.personalive.animation.moved.DriverReader;
import io.personalive.animation.moved.MovedPortrait;
import io.personalive.animation.moved.MovedPortraitNetworks;
import io.personalive.animation.moved.PaintedPortrait;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.live.Avatar;
import io.personalive.live.Pipeline;
import io.personalive.torch.Device;
import java.awt.image.BufferedImage;
import java.util.List;

/** Times a model that moves portraits, on the painted one, driven by a film of itself. */
final class MovingBench {
    /** Frames of a stream. */
    private static final int FILMED = 40;

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
     * @param stream       of {@link #FILMED} frames: each is read and the portrait moved, as a live session does it
     * @param beside       the same beside another program; null where that wasn't asked for
     * @param firstFrameMs from the beginning of loading to the first frame
     */
    record Result(Timing reading, Timing moving, Timing stream, Timing beside, double firstFrameMs) {
        double framesPerSecond() {
            return FILMED * 1e3 / stream.medianMs();
        }
    }

    /** @param beside whether to time it beside another program too */
    Result run(boolean beside) {
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
            Timing moving = stopwatch.time("move", () -> portrait.moved(performance.get(frame[0]++ % performance.size())));
            Timing reading = stopwatch.time("driver", () -> driver.read(List.of(first)));
            List<BufferedImage> film = performance.stream().limit(FILMED).map(portrait::moved).toList();
            Avatar avatar = new Avatar.Moved(portrait, StreamOptions.seeded(0), networks);
            double gflop = FILMED * (reading.gflop() + moving.gflop());
            Timing stream = stream(FILMED + " frames", avatar, film, gflop), other = null;
            if (beside) {
                try (OtherLoad load = new OtherLoad()) {
                    other = stream("beside others", avatar, film, gflop);
                }
            }
            return new Result(reading, moving, stream, other, firstFrameMs);
        }
    }

    private Timing stream(String name, Avatar avatar, List<BufferedImage> film, double gflop) {
        Timing timing = stopwatch.time(name, () -> new Pipeline(avatar, new Film(film), answer -> { }).run(() -> false));
        return new Timing(name, timing.milliseconds(), gflop);
    }
}
