package io.personalive.animation.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each part of one step took: motion and pose, the UNet, a keyframe, decoding. Belongs to one micro-chunk. */
final class StepClock {
    private final Runnable synchronize;
    private final Map<String, Double> milliseconds = new LinkedHashMap<>();
    private long last = System.nanoTime();

    /** Starts. @param synchronize waits until a part's work is done, before the clock is read: a card works on while the program goes on */
    StepClock(Runnable synchronize) {
        this.synchronize = synchronize;
    }

    /** Goes on after a pause that belongs to no part. */
    synchronized void resume() {
        last = System.nanoTime();
    }

    /** Ends a part. */
    synchronized void lap(String part) {
        synchronize.run();
        long now = System.nanoTime();
        milliseconds.merge(part, (now - last) / 1e6, Double::sum);
        last = now;
    }

    /** @return milliseconds for each part so far, in their order */
    synchronized Map<String, Double> parts() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(milliseconds));
    }
}
