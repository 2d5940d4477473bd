package io.personalive.animation.schedule;

import java.util.Locale;

/**
 * What a denoising network predicts of a noisy latent x = sqrt(abar) x0 + sqrt(1 - abar) e. At a high noise level the
 * noise says almost nothing about the clean latent, at a low one the other way round; v is good at both ends (Salimans
 * and Ho 2022).
 */
public enum Prediction {
    /** The noise e. */
    EPSILON,
    /** v = sqrt(abar) e - sqrt(1 - abar) x0. */
    V_PREDICTION,
    /** The clean latent x0. */
    SAMPLE;

    /** The name in configurations. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
