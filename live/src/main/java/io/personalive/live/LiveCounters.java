package io.personalive.live;

/**
 * How a session goes.
 *
 * @param framesIn            driving frames that came
 * @param framesDropped       of these, frames that were left out because more came than could be used
 * @param framesOut           finished frames that were delivered
 * @param latencyMilliseconds from a driving frame's arrival to its answer's delivery, of the last frame; 0 before it
 * @param framesPerSecond     that are computed at most, as measured over the last steps; 0 before the first
 */
public record LiveCounters(long framesIn, long framesDropped, long framesOut, double latencyMilliseconds,
        double framesPerSecond) {}
