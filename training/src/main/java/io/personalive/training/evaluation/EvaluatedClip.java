package io.personalive.training.evaluation;

import java.util.Map;

/**
 * What a clip gave that drove its own first frame.
 *
 * @param id     its name
 * @param frames that were compared
 * @param scores of every candidate
 */
public record EvaluatedClip(String id, long frames, Map<Candidate, Scores> scores) {
    /** How much moves in it: what the repeated portrait is off by. */
    double motion() {
        return scores.getOrDefault(Candidate.PORTRAIT, new Scores()).mean(Region.PICTURE, Metric.L1).orElse(0);
    }
}
