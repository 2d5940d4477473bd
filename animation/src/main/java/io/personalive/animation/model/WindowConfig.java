package io.personalive.animation.model;

import java.util.List;

/**
 * The denoising window.
 *
 * @param chunkFrames frames of a micro-chunk, which share one noise level
 * @param timesteps   noise levels of the micro-chunks, oldest (cleanest) first
 */
public record WindowConfig(int chunkFrames, List<Integer> timesteps) {
    /** As the authors run it. */
    public static final WindowConfig OFFICIAL = new WindowConfig(4, List.of(0, 333, 666, 999));
    /** The UNets' position codes go no further. */
    private static final int MOST_FRAMES = 32;

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public WindowConfig {
        timesteps = List.copyOf(timesteps);
        if (chunkFrames < 1) {
            throw new IllegalArgumentException("window.chunk_frames is " + chunkFrames + ", expected a positive whole number");
        }
        boolean rising = !timesteps.isEmpty() && timesteps.get(0) >= 0;
        for (int i = 1; i < timesteps.size(); i++) {
            rising &= timesteps.get(i) > timesteps.get(i - 1);
        }
        if (!rising) {
            throw new IllegalArgumentException("window.timesteps is " + timesteps
                    + ", expected one or more, from 0 on, each above the one before");
        }
        if ((long) chunkFrames * timesteps.size() > MOST_FRAMES) {
            throw new IllegalArgumentException("the window has " + (long) chunkFrames * timesteps.size() + " frames ("
                    + timesteps.size() + " timesteps of window.chunk_frames " + chunkFrames + "), expected at most " + MOST_FRAMES);
        }
    }
}
