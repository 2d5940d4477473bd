package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import java.awt.image.BufferedImage;
import java.util.Iterator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** A driver whose frames come when they come: a camera. At most one micro-chunk of them waits. */
class LiveDriving implements Driving {
    private final Pace pace = new Pace();
    private final Thinning thinning = new Thinning(pace);
    private final Handover<DrivingFrame> input;
    private final Framing framing;
    private final LongSupplier clock;
    private final int chunk;
    private volatile boolean restarts;
    private SeenMotion seen;
    private MotionSight sight;
    private long took = -1;

    /** @param clock nanoseconds, as {@link System#nanoTime} */
    LiveDriving(int chunk, Framing framing, LongSupplier clock) {
        this.chunk = chunk;
        this.framing = framing;
        this.clock = clock;
        this.input = new Handover<>(chunk, thinning);
    }

    /** From any thread; never waits. @return whether frames are still wanted */
    boolean push(BufferedImage picture, long nanoseconds) {
        return input.put(new DrivingFrame(picture, nanoseconds, clock.getAsLong()));
    }

    /** The next frame shows the driver at rest. */
    void beginAtRest() {
        restarts = true;
    }

    @Override
    public Iterator<MotionFrame> motion(Supplier<MotionSight> sights) {
        seen = new SeenMotion(this::take, framing::frame, () -> {
            boolean atRest = restarts;
            if (sight == null || atRest) {
                sight = sights.get();
            }
            if (atRest) {
                restarts = false;
                sight.beginsAtRest();
            }
            return sight;
        });
        return seen;
    }

    /** What lies between two calls, less the waiting in them, is what a step takes. */
    private List<DrivingFrame> take() {
        if (took >= 0) {
            pace.step(clock.getAsLong() - took, chunk);
        }
        List<DrivingFrame> taken = await();
        took = clock.getAsLong();
        return taken;
    }

    /** Waits for a micro-chunk. */
    List<DrivingFrame> await() {
        return input.take(chunk);
    }

    /** As {@link Framing#seesFace}. */
    boolean seesFace() {
        return framing.seesFace();
    }

    /** How many frames wait. */
    int waiting() {
        return input.waiting();
    }

    Pace pace() {
        return pace;
    }

    Thinning thinning() {
        return thinning;
    }

    @Override
    public DrivingFrame answered() {
        return seen.answered();
    }

    /** Nothing more comes. */
    void end() {
        input.end();
    }

    /** Nothing more comes, for a reason that who pushes is told. */
    void fail(Throwable reason) {
        input.fail(reason);
    }

    @Override
    public void close() {
        input.end();
        framing.close();
    }
}
