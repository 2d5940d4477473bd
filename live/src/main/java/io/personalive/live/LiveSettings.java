package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;

/**
 * What may change while a session runs.
 *
 * @param expressionStrength weight of the driver's expression over the portrait's own: 0 to 5, 1 is as the driver
 * @param headStrength       the same for head movement
 */
public record LiveSettings(float expressionStrength, float headStrength) {
    /** As the driver. */
    public static final LiveSettings AS_THE_DRIVER = new LiveSettings(1, 1);

    /** @throws IllegalArgumentException if a strength is negative or absurd */
    public LiveSettings {
        check("expression", expressionStrength);
        check("head", headStrength);
    }

    private static void check(String name, float strength) {
        if (!(strength >= 0 && strength <= 5)) {
            throw new IllegalArgumentException(name + " strength is " + strength
                    + ", expected 0 (the portrait's own) to 5; 1 is as the driver");
        }
    }

    /** @param rest the portrait's own motion */
    MotionFrame apply(MotionFrame driving, MotionFrame rest) {
        return equals(AS_THE_DRIVER) ? driving : driving.scaled(rest, expressionStrength, headStrength);
    }
}
