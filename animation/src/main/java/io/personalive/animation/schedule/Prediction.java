package io.personalive.animation.schedule;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

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

    /**
     * @param name {@code epsilon}, {@code v_prediction} or {@code sample}
     * @throws IllegalArgumentException if it is none of these, saying which there are
     */
    public static Prediction named(String name) {
        return Arrays.stream(values()).filter(each -> each.toString().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is no prediction type, expected "
                        + Arrays.stream(values()).map(Prediction::toString).collect(Collectors.joining(", "))));
    }

    /** The name in configurations. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
