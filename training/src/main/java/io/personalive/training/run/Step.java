package io.personalive.training.run;

import java.util.Map;

/**
 * What one step gave, the mean over all passes and processes.
 *
 * @param loss  of the first objective
 * @param parts by their columns in the loss table
 * @param stop  whether one of the processes was asked to stop
 */
record Step(double loss, Map<String, Double> parts, boolean stop) {
    static final String LEARNING_RATE = "learning_rate", GRADIENT_NORM = "gradient_norm";
}
