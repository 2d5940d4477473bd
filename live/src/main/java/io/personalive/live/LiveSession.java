package io.personalive.live;

import java.awt.image.BufferedImage;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * A portrait that follows a driver live. Driving frames are pushed at any time, from any thread, and are never queued:
 * at most one micro-chunk waits, and where more come than can be computed they are thinned evenly. One thread of the
 * session's own computes, another delivers finished frames, evenly, each with its driving frame's time. So the time from
 * a driving frame to its answer is at most that of (N + 1) micro-chunks and a step, however long it runs.
 */
public final class LiveSession implements AutoCloseable {
    private final Function<BufferedImage, Avatar> portraits;
    private final FrameSink sink;
    private final ChangingAvatar avatar;
    private final LiveDriving driving;
    private final Handover<AnimatedFrame> finished;
    private final EvenPace evenPace = new EvenPace();
    private final Thread computing = new Thread(this::compute, "live-compute");
    private volatile boolean closing;
    private volatile long delivered;
    private volatile double latencyMilliseconds;

    /**
     * Begins at once.
     *
     * @param portraits makes an avatar of a picture, such as {@code picture -> model.avatar(picture, options)} with
     *                  strengths of 1: those are for the settings to change. The model is closed after the session
     * @param portrait  the first, framed
     * @param frameSize side of the model's frames, pixels
     * @param crop      how the driver is framed
     * @param sink      takes the finished frames; while it doesn't return, no others are delivered
     */
    public LiveSession(Function<BufferedImage, Avatar> portraits, BufferedImage portrait, int frameSize, Crop crop,
            LiveSettings settings, FrameSink sink) {
        this.portraits = portraits;
        this.sink = sink;
        Framing framing = new Framing(crop, frameSize);
        try {
            avatar = new ChangingAvatar(portraits.apply(portrait), settings);
        } catch (RuntimeException | Error failed) {
            framing.close();
            throw failed;
        }
        int chunk = avatar.window().chunkFrames();
        driving = new LiveDriving(chunk, framing, System::nanoTime);
        finished = new Handover<>(2 * chunk);
        finished.start("live-deliver", this::deliver);
        computing.setDaemon(true);
        computing.start();
    }

    private void compute() {
        try {
            new Pipeline(avatar, driving, finished::put).run(() -> closing);
        } catch (RuntimeException | Error failed) {
            driving.fail(failed);
        } finally {
            finished.end();
        }
    }

    private void deliver() {
        try {
            for (AnimatedFrame next = finished.take(); next != null; next = finished.take()) {
                long due = evenPace.due(next.driving().arrived(), System.nanoTime());
                for (long left = due - System.nanoTime(); left > 0 && !closing; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                sink.accept(next);
                latencyMilliseconds = (System.nanoTime() - next.driving().arrived()) / 1e6;
                delivered++;
            }
        } catch (RuntimeException | Error failed) {
            driving.fail(failed);
            throw failed;
        }
    }

    /**
     * Takes a driving frame, or leaves it out; never waits.
     *
     * @param picture     any size, TYPE_3BYTE_BGR; not to be changed afterwards
     * @param nanoseconds its time on the driver's clock, which its answer will carry
     * @return whether frames are still wanted
     * @throws RuntimeException what ended the session, if it failed
     */
    public boolean push(BufferedImage picture, long nanoseconds) {
        return driving.push(picture, nanoseconds);
    }

    /**
     * Goes on with another portrait, from the next micro-chunk on. It is encoded by the calling thread, while the old one
     * goes on moving; if that fails, the old one stays.
     *
     * @param portrait framed
     */
    public void portrait(BufferedImage portrait) {
        avatar.change(portraits.apply(portrait));
        if (closing) {
            avatar.discardNext();
        }
    }

    /** Changes how the portrait follows, from the next micro-chunk on. */
    public void settings(LiveSettings settings) {
        avatar.change(settings);
    }

    /**
     * The driver's next frame shows its face at rest, the head where it belongs, looking straight ahead: the portrait then
     * looks straight ahead with its own face at rest.
     */
    public void beginAtRest() {
        driving.beginAtRest();
    }

    /** Whether a face was found in the driver's pictures lately; true where none is looked for. */
    public boolean seesFace() {
        return driving.seesFace();
    }

    /** How it goes. */
    public LiveCounters counters() {
        long period = driving.pace().nanosecondsPerFrame();
        return new LiveCounters(driving.thinning().came(), driving.thinning().dropped(), delivered, latencyMilliseconds,
                period == 0 ? 0 : 1e9 / period);
    }

    /** Says that no driving frame comes any more, and waits until those that came are answered. */
    public void finish() {
        driving.end();
        join();
        finished.stop();
    }

    /** Ends it after the step that is being computed; what isn't delivered by then is dropped. */
    @Override
    public void close() {
        closing = true;
        driving.end();
        finished.end();
        join();
        finished.stop();
        driving.close();
        avatar.close();
    }

    private void join() {
        boolean interrupted = false;
        while (computing.isAlive()) {
            try {
                computing.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
