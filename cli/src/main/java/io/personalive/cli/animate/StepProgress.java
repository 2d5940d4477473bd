package io.personalive.cli.animate;

import io.personalive.animation.schedule.WindowShape;
import io.personalive.cli.console.Progress;
import java.util.function.BooleanSupplier;

/**
 * Shows computed steps as frames. The steps of the run-in give no frames but take their time, so the whole is spread
 * evenly over all steps: the rate is that of the whole, and the time left is right from the first step on.
 */
final class StepProgress implements AutoCloseable {
    private final long frames;
    private final long steps;
    private final int chunkFrames;
    private final Progress progress;
    private long stepsDone;
    private boolean begun;

    /** @param frames how many there will be; -1 if that isn't known */
    StepProgress(long frames, WindowShape window) {
        this.frames = frames;
        this.chunkFrames = window.chunkFrames();
        // each step takes in a micro-chunk; the last frames come out when the window has passed over them
        steps = (frames + window.earlierFrames() + chunkFrames - 1) / chunkFrames;
        progress = Progress.of("animating", Progress.Unit.FRAMES, frames);
    }

    /** @return the same question, which is asked before every step: asked again, a step was done in between */
    BooleanSupplier before(BooleanSupplier stop) {
        return () -> {
            if (begun) {
                step();
            }
            begun = true;
            return stop.getAsBoolean();
        };
    }

    private void step() {
        stepsDone++;
        long shown = frames < 0 ? stepsDone * chunkFrames
                : Math.min(frames, frames * stepsDone / steps);
        progress.advance(shown - progress.done());
    }

    /** @param made how many frames there are in the end */
    void finish(long made) {
        progress.advance(made - progress.done());
    }

    @Override
    public void close() {
        progress.close();
    }
}
