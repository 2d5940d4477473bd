package io.personalive.training.run;

import java.io.IOException;

/** A run that can't go on by itself: its loss is no number any more, or grows. What was good of it is on the disk. */
public final class TrainingStoppedException extends IOException {
    private static final long serialVersionUID = 1;

    TrainingStoppedException(String message) {
        super(message);
    }
}
