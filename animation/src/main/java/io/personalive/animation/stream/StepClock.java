package io.personalive.animation.stream;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** How long each part of a step took: motion and pose, the UNet, a keyframe, decoding. */
public final class StepClock {
    private final Map<String, Double> milliseconds = new LinkedHashMap<>();
    private long last;

    void start() {
        milliseconds.clear();
        resume();
    }

    /** Goes on after a pause that belongs to no part. */
    void resume() {
        last = System.nanoTime();
    }

    void lap(String part) {
        long now = System.nanoTime();
        milliseconds.put(part, (now - last) / 1e6);
        last = now;
    }

    /** @return milliseconds for each part of the last step, in their order */
    public Map<String, Double> parts() {
        return Collections.unmodifiableMap(milliseconds);
    }
}
