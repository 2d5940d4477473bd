package io.personalive.server.session;

import java.util.stream.DoubleStream;

/**
 * How many sessions a machine carries.
 *
 * @param bySpeed  with the wanted frames/s for each, as one session alone was measured
 * @param byMemory that fit beside one another
 * @param most     that are allowed
 * @param leastFramesPerSecond that each is to have
 */
record Capacity(int bySpeed, int byMemory, int most, double leastFramesPerSecond) {
    /** Left for the rest of the machine. */
    static final long RESERVE_BYTES = 256L << 20;

    /** @param available memory that could be had after the warm-up, which holds on to one session's, bytes */
    static Capacity of(Warmup measured, long available, SessionLimits limits) {
        double fit = measured.framesPerSecond() / Math.max(limits.leastFramesPerSecond(), 1e-6);
        long room = measured.sessionBytes() == 0 ? limits.most()
                : 1 + Math.max(0, available - RESERVE_BYTES) / measured.sessionBytes();
        return new Capacity(Math.max(1, (int) Math.min(fit, limits.most())), (int) Math.min(room, limits.most()),
                limits.most(), limits.leastFramesPerSecond());
    }

    int sessions() {
        return Math.min(most, Math.min(bySpeed, byMemory));
    }

    /**
     * How many more may begin.
     *
     * @param held  sessions that are there
     * @param rates frames/s that running sessions compute at present, beside one another
     */
    int free(int held, DoubleStream rates) {
        double slowest = rates.min().orElse(Double.POSITIVE_INFINITY);
        boolean slow = held > 0 && slowest * held / (held + 1) < leastFramesPerSecond;
        return slow ? 0 : Math.max(0, sessions() - held);
    }
}
