package io.personalive.training.run;

/**
 * How far a run has come.
 *
 * @param step             that was just done
 * @param steps            after which it stops
 * @param loss             of that step
 * @param meanLoss         of late
 * @param samplesPerSecond since this process began; 0 while nothing can be said
 * @param waitingShare     part of the time that the trainer waited for data, 0 to 1
 * @param secondsLeft      at this pace; NaN while nothing can be said
 */
public record RunProgress(long step, long steps, double loss, double meanLoss, double samplesPerSecond, double waitingShare,
        double secondsLeft) {
    /** Whoever wants to know. */
    @FunctionalInterface
    public interface Listener {
        void show(RunProgress progress);
    }
}
