package io.personalive.server.session;

/**
 * How a session goes, as people are told.
 *
 * @param state            {@code waiting} for a driver, {@code running} or {@code ended}
 * @param portraitHasFace  whether a face was found in the portrait
 * @param seesFace         whether a face was found in the driver's pictures lately
 * @param framesIn         driving frames that came to be used
 * @param framesDropped    of these, frames that were left out because more came than could be computed
 * @param framesOut        finished frames
 * @param latencyMilliseconds  from a driving frame's arrival to its answer, in this process
 * @param sustainedFramesPerSecond that are computed at most at present; 0 before the first
 * @param viewers          that watch
 */
public record SessionStatus(String id, String state, String model, String device, int frameSize, boolean portraitHasFace,
        boolean seesFace, long framesIn, long framesDropped, long framesOut, double latencyMilliseconds,
        double sustainedFramesPerSecond, int viewers, SessionSettings settings) {}
