package io.personalive.cli.train;

import io.personalive.cli.console.Progress;
import io.personalive.training.run.RunProgress;
import java.util.Locale;

/** Shows a training run as it goes: a bar or lines, with loss, samples a second and the share of time waited for data. */
final class TrainingProgress implements RunProgress.Listener, AutoCloseable {
    private final String task;
    private final long begun;
    private Progress shown;

    /** @param begun steps that were done before */
    TrainingProgress(String task, long begun) {
        this.task = task;
        this.begun = begun;
    }

    @Override
    public void show(RunProgress progress) {
        if (shown == null) {
            shown = Progress.of(task, Progress.Unit.STEPS, progress.steps(), begun);
        }
        shown.note(String.format(Locale.ROOT, "loss %.4g, %.2f samples/s, %.0f %% waiting for data", progress.meanLoss(),
                progress.samplesPerSecond(), 100 * progress.waitingShare()));
        shown.advance(progress.step() - shown.done());
    }

    @Override
    public void close() {
        if (shown != null) {
            shown.close();
        }
    }
}
