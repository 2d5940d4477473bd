package io.personalive.training.run;

/** How fast a run goes in this process. The first step, in which much is set up, doesn't count. */
final class Pace {
    private final int samplesPerStep;
    private long steps, since;

    Pace(int samplesPerStep) {
        this.samplesPerStep = samplesPerStep;
    }

    /** To be called after each step. */
    RunProgress progress(long step, long last, double loss, double meanLoss, double waitingShare) {
        long now = System.nanoTime();
        if (since == 0) {
            since = now;
        } else {
            steps++;
        }
        double seconds = Math.max(1e-9, (now - since) / 1e9);
        double samplesPerSecond = steps == 0 ? 0 : steps * samplesPerStep / seconds;
        double left = steps == 0 ? Double.NaN : (last - step) * seconds / steps;
        return new RunProgress(step, last, loss, meanLoss, samplesPerSecond, waitingShare, left);
    }
}
