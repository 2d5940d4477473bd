package io.personalive.training.evaluation;

/**
 * What a clip gave that drove another one's first frame.
 *
 * @param portrait the other clip's name
 * @param driver   the clip's name
 * @param frames   that were compared
 * @param scores   expression and pose, against the driver
 */
public record EvaluatedPair(String portrait, String driver, long frames, Scores scores) {
    /** What both are called together. */
    public static String id(String portrait, String driver) {
        return portrait + "-by-" + driver;
    }

    /** Both names. */
    public String id() {
        return id(portrait, driver);
    }
}
