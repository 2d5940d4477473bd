package io.personalive.animation.stream;

import java.util.List;

/**
 * The denoising window.
 *
 * @param chunkFrames frames of a micro-chunk, which share one noise level
 * @param timesteps   noise levels of the micro-chunks, oldest (cleanest) first
 */
public record WindowShape(int chunkFrames, List<Integer> timesteps) {
    /** Four micro-chunks of four frames, as the authors run it. */
    public static final WindowShape OFFICIAL = new WindowShape(4, List.of(0, 333, 666, 999));

    public WindowShape {
        timesteps = List.copyOf(timesteps);
    }

    /** Micro-chunks in the window. */
    public int chunks() {
        return timesteps.size();
    }

    /** Frames in the window. */
    public int frames() {
        return chunkFrames * chunks();
    }

    /** Frames in the window before the newest micro-chunk: the latency, and the run-in, in frames. */
    public int earlierFrames() {
        return frames() - chunkFrames;
    }

    /** @return the timestep of every frame */
    long[] frameTimesteps() {
        long[] all = new long[frames()];
        for (int frame = 0; frame < all.length; frame++) {
            all[frame] = timesteps.get(frame / chunkFrames);
        }
        return all;
    }

    /** @return where a micro-chunk's noise goes in one step: the next lower level; below 0 for the oldest, clean */
    int previous(int chunk) {
        return chunk == 0 ? -1 : timesteps.get(chunk - 1);
    }
}
