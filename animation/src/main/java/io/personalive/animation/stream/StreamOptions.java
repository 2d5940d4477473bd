package io.personalive.animation.stream;

import io.personalive.animation.model.KeyframeConfig;

/**
 * How a stream plays. A value without state: streams of one options object are equal and independent.
 *
 * @param noise              where its noise comes from
 * @param expressionStrength weight of the driver's expression over the portrait's own: 1 is as the driver
 * @param headStrength       weight of the driver's head movement over the portrait's own: 1 is as the driver
 * @param keyframes          when generated frames become references; null for the model's own rule
 */
public record StreamOptions(Noise noise, float expressionStrength, float headStrength, KeyframeConfig keyframes) {
    /** @throws IllegalArgumentException if a strength is negative or absurd */
    public StreamOptions {
        strength("expression strength", expressionStrength);
        strength("head strength", headStrength);
    }

    /** As the driver and the model have it, with this seed. */
    public static StreamOptions seeded(long seed) {
        return new StreamOptions(Noise.seeded(seed), 1, 1, null);
    }

    /** The same with other strengths. */
    public StreamOptions withStrengths(float expression, float head) {
        return new StreamOptions(noise, expression, head, keyframes);
    }

    /** The same with another keyframe rule. */
    public StreamOptions withKeyframes(KeyframeConfig rule) {
        return new StreamOptions(noise, expressionStrength, headStrength, rule);
    }

    private static void strength(String name, float value) {
        if (!(value >= 0 && value <= 5)) {
            throw new IllegalArgumentException(name + " is " + value + ", expected 0 (the portrait's own) to 5; 1 is as the driver");
        }
    }
}
