package io.personalive.server.session;

import io.personalive.live.LiveSettings;

/**
 * What a person may change while their session runs.
 *
 * @param mirror             whether the driver is seen as in a mirror
 * @param expressionStrength 0 to 5, 1 is as the driver
 * @param headStrength       0 to 5, 1 is as the driver
 * @param drivingRate        driving frames/s that are used at most
 * @param quality            of JPEG frames: 10 to 95
 * @param badge              whether frames show that they are made by AI
 */
public record SessionSettings(boolean mirror, float expressionStrength, float headStrength, int drivingRate, int quality,
        boolean badge) {
    /** What a session begins with. */
    public static final SessionSettings USUAL = new SessionSettings(false, 1, 1, 30, 80, false);

    /** @throws IllegalArgumentException naming the value that can't be, and what would be right */
    public SessionSettings {
        new LiveSettings(expressionStrength, headStrength);
        if (drivingRate < 1 || drivingRate > 60) {
            throw new IllegalArgumentException("drivingRate is " + drivingRate + ", expected 1 to 60 frames/s");
        }
        if (quality < 10 || quality > 95) {
            throw new IllegalArgumentException("quality is " + quality + ", expected 10 to 95");
        }
    }

    LiveSettings live() {
        return new LiveSettings(expressionStrength, headStrength);
    }

    /** Those that are to be changed; null stays as it is. */
    public record Change(Boolean mirror, Float expressionStrength, Float headStrength, Integer drivingRate, Integer quality,
            Boolean badge) {}

    /** @throws IllegalArgumentException as the constructor */
    public SessionSettings with(Change change) {
        return new SessionSettings(either(change.mirror, mirror), either(change.expressionStrength, expressionStrength),
                either(change.headStrength, headStrength), either(change.drivingRate, drivingRate),
                either(change.quality, quality), either(change.badge, badge));
    }

    private static <T> T either(T changed, T present) {
        return changed == null ? present : changed;
    }
}
