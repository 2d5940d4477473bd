package io.personalive.animation.model;

import io.personalive.animation.schedule.NoiseSchedule;
import io.personalive.animation.schedule.Prediction;

/**
 * The noise schedule, and what the denoising UNet predicts.
 *
 * @param steps      timesteps there are
 * @param firstBeta  share of the power that the first step replaces by noise
 * @param lastBeta   the same of the last step
 * @param prediction what the denoising UNet gives
 */
public record ScheduleConfig(int steps, double firstBeta, double lastBeta, Prediction prediction) {
    /** Stable Diffusion 1.x. */
    public static final ScheduleConfig OFFICIAL = new ScheduleConfig(1000, 0.00085, 0.02, Prediction.EPSILON);

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public ScheduleConfig {
        if (steps < 1 || steps > 1_000_000) {
            throw new IllegalArgumentException("schedule.steps is " + steps + ", expected 1 to 1000000");
        }
        if (!(firstBeta > 0 && firstBeta <= lastBeta)) {
            throw new IllegalArgumentException("schedule.first_beta is " + firstBeta
                    + ", expected a positive number, at most last_beta, " + lastBeta);
        }
        if (!(lastBeta < 1)) {
            throw new IllegalArgumentException("schedule.last_beta is " + lastBeta + ", expected a number below 1");
        }
    }

    /** The schedule itself. */
    public NoiseSchedule schedule() {
        return new NoiseSchedule(steps, firstBeta, lastBeta, prediction);
    }
}
