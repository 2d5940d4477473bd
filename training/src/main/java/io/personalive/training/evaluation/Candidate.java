package io.personalive.training.evaluation;

import java.util.Locale;

/** Where a frame that is compared with the truth comes from. */
public enum Candidate {
    /** The model that is evaluated. */
    MODEL,
    /** A baseline: the clip's first frame, again and again. */
    PORTRAIT,
    /** A baseline: the clip's first frame, moved by head pose alone. */
    WARP;

    /** Its name in a report. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it takes no model. */
    public boolean isBaseline() {
        return this != MODEL;
    }
}
