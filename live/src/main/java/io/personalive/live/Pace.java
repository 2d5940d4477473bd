package io.personalive.live;

/** How fast a session computes: time a frame takes, smoothed over the last steps. Any thread may ask. */
final class Pace {
    /** Weight of the newest step: half of what is known is from the last five. */
    private static final double NEWEST = 0.13;

    private double nanosecondsPerFrame;

    /** Takes note of a step. @param nanoseconds that it took, waiting for the driver left out */
    synchronized void step(long nanoseconds, int frames) {
        double measured = (double) Math.max(1, nanoseconds) / frames;
        if (nanosecondsPerFrame == 0) {
            nanosecondsPerFrame = measured;
        }
        // a pause of the machine says little about the steps to come
        nanosecondsPerFrame += NEWEST * (Math.min(measured, 2 * nanosecondsPerFrame) - nanosecondsPerFrame);
    }

    /** The shortest time between frames that can be sustained; 0 before the first step. */
    synchronized long nanosecondsPerFrame() {
        return Math.round(nanosecondsPerFrame);
    }
}
