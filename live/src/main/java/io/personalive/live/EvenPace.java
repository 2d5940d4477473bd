package io.personalive.live;

/**
 * When to show frames that are finished in bursts: each as long after its driving frame came as the others, so that the
 * picture moves as the driver did. That time follows the slowest frames at once and comes down slowly.
 */
final class EvenPace {
    /** What part of the way down goes in a frame. */
    private static final double EASE = 0.02;

    private double latency = -1;
    private long last = Long.MIN_VALUE;

    /**
     * @param arrived when the frame's driving frame came, nanoseconds on this machine's clock
     * @param now     when it is finished, on the same clock
     * @return when to show it: now or later, never before the frame before it
     */
    long due(long arrived, long now) {
        double needed = now - arrived;
        latency = needed > latency ? needed : latency - EASE * (latency - needed);
        last = Math.max(last, Math.max(now, arrived + Math.round(latency)));
        return last;
    }
}
