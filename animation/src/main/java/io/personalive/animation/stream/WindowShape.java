package io.personalive.animation.stream;

import io.personalive.animation.model.WindowConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/**
 * The denoising window.
 *
 * @param chunkFrames frames of a micro-chunk, which share one noise level
 * @param timesteps   noise levels of the micro-chunks, oldest (cleanest) first
 */
public record WindowShape(int chunkFrames, List<Integer> timesteps) {
    /** Four micro-chunks of four frames, as the authors run it. */
    public static final WindowShape OFFICIAL = new WindowShape(4, List.of(0, 333, 666, 999));

    /** @throws IllegalArgumentException naming the value that can't be, and what would be right */
    public WindowShape {
        timesteps = List.copyOf(timesteps);
        if (chunkFrames < 1 || timesteps.isEmpty()) {
            throw new IllegalArgumentException("a window of " + timesteps.size() + " micro-chunks of " + chunkFrames
                    + " frames can't be: expected 1 or more of each");
        }
        for (int chunk = 0; chunk < timesteps.size(); chunk++) {
            if (timesteps.get(chunk) <= (chunk == 0 ? -1 : timesteps.get(chunk - 1))) {
                throw new IllegalArgumentException("the window's timesteps are " + timesteps
                        + ", expected numbers from 0 that rise: oldest (cleanest) micro-chunk first");
            }
        }
    }

    /** The window that a model asks for. */
    public static WindowShape of(WindowConfig config) {
        return new WindowShape(config.chunkFrames(), config.timesteps());
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
        return ofFrames(timesteps);
    }

    /** @return the timestep of every frame of the newest micro-chunk */
    long[] newestTimesteps() {
        return ofFrames(timesteps.subList(chunks() - 1, chunks()));
    }

    /** @return where every frame goes in one step: to the next lower level; below 0 for the oldest, clean */
    long[] lowerTimesteps() {
        List<Integer> lower = new ArrayList<>(List.of(-1));
        lower.addAll(timesteps.subList(0, chunks() - 1));
        return ofFrames(lower);
    }

    private long[] ofFrames(List<Integer> ofChunks) {
        return ofChunks.stream().flatMapToLong(timestep -> LongStream.generate(() -> timestep).limit(chunkFrames)).toArray();
    }
}
