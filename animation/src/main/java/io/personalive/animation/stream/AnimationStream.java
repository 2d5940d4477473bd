package io.personalive.animation.stream;

import io.personalive.animation.model.Networks;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.NoiseSchedule;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Turn;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A portrait being animated: takes micro-chunks of driving motion and gives micro-chunks of frames. Each push lowers
 * the noise of the whole window by one level; the oldest micro-chunk comes out clean, a new noisy one enters. A driving
 * frame is answered {@link WindowShape#chunks()} - 1 pushes after it enters; the answers before are the run-in from the
 * portrait's own pose to the driver's. spec: micro-chunk streaming, arXiv 2512.11253.
 *
 * <p>A push that fails leaves the stream as it was. Holds the same memory however long it runs. Takes one push at a
 * time; it, its portrait and its model may be closed by any thread: that waits for a running push, and the next one says
 * what was closed.
 */
public final class AnimationStream implements AutoCloseable {
    private final Networks networks;
    private final Portrait portrait;
    private final StreamOptions options;
    private final DenoisingWindow window;
    private final KeyframeBank keyframes;
    private final Lifetime lifetime = new Lifetime("the stream");
    private final AtomicBoolean pushing = new AtomicBoolean();
    private long pushed;

    /** @param portrait of the same networks; stays open while the stream runs */
    public AnimationStream(Networks networks, Portrait portrait, WindowShape shape, StreamOptions options) {
        this(networks, portrait, options, window(networks, shape));
    }

    /** @param window empty, of one sequence; closed with the stream */
    AnimationStream(Networks networks, Portrait portrait, StreamOptions options, DenoisingWindow window) {
        this.networks = networks;
        this.portrait = portrait;
        this.options = options;
        this.window = window;
        this.keyframes = new KeyframeBank(networks, portrait, options.keyframes() == null
                ? networks.config().keyframes() : options.keyframes());
    }

    private static DenoisingWindow window(Networks networks, WindowShape shape) {
        try (Turn turn = Turn.on(networks.device()); Lifetime.Use inUse = networks.use()) {
            NoiseSchedule schedule = networks.config().schedule().schedule();
            return new DenoisingWindow(networks.denoisingUNet(), schedule, shape, networks.device(), true);
        }
    }

    /** The window's shape. */
    public WindowShape window() {
        return window.shape();
    }

    /** Keyframes added so far. */
    public int keyframes() {
        return keyframes.added();
    }

    /**
     * Advances the stream by one micro-chunk.
     *
     * @param driving {@link WindowShape#chunkFrames()} frames of motion, in order
     * @return as many finished frames; the caller closes them
     * @throws IllegalStateException if the stream, its portrait or its model is closed
     */
    public Chunk push(List<MotionFrame> driving) {
        return StreamGroup.push(List.of(new StreamGroup.Driven(this, driving))).get(0).chunk();
    }

    Networks networks() {
        return networks;
    }

    Portrait portrait() {
        return portrait;
    }

    StreamOptions options() {
        return options;
    }

    DenoisingWindow denoising() {
        return window;
    }

    KeyframeBank bank() {
        return keyframes;
    }

    /** Micro-chunks that were pushed and didn't fail. */
    long pushed() {
        return pushed;
    }

    /** Begins a push; the caller closes it, whatever becomes of it. */
    StreamPush begin(List<MotionFrame> driving) {
        int expected = window().chunkFrames();
        if (driving == null || driving.size() != expected || driving.stream().anyMatch(Objects::isNull)) {
            throw new IllegalArgumentException("a micro-chunk is " + expected + " frames of motion, not "
                    + (driving == null ? "null" : driving.size() == expected ? "some that are null" : driving.size()));
        }
        return new StreamPush(this, driving);
    }

    /** Holds the stream for one push. */
    Lifetime.Use occupy() {
        Lifetime.Use use = lifetime.use();
        if (!pushing.compareAndSet(false, true)) {
            use.close();
            throw new IllegalStateException("the stream is at another micro-chunk: it takes one at a time");
        }
        return () -> {
            pushing.set(false);
            use.close();
        };
    }

    /** Takes over a step of the window. */
    void advance(DenoisingWindow.Step step) {
        window.advance(step);
        pushed++;
    }

    @Override
    public void close() {
        lifetime.end(() -> {
            window.close();
            keyframes.close();
        });
    }
}
