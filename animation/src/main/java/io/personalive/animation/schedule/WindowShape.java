package io.personalive.animation.schedule;

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
    /** A window lasts a second or so: what goes far beyond is a slip of the pen. */
    private static final int MOST_FRAMES = 1024;

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public WindowShape {
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
            throw new IllegalArgumentException("window.chunk_frames is " + chunkFrames + ", so that the window of "
                    + timesteps.size() + " micro-chunks has " + (long) chunkFrames * timesteps.size()
                    + " frames, expected at most " + MOST_FRAMES);
        }
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
    public long[] frameTimesteps() {
        return ofFrames(timesteps);
    }

    /** @return the timestep of every frame of the newest micro-chunk */
    public long[] newestTimesteps() {
        return ofFrames(timesteps.subList(chunks() - 1, chunks()));
    }

    /** @return where every frame goes in one step: to the next lower level; below 0 for the oldest, clean */
    public long[] lowerTimesteps() {
        List<Integer> lower = new ArrayList<>(List.of(-1));
        lower.addAll(timesteps.subList(0, chunks() - 1));
        return ofFrames(lower);
    }

    private long[] ofFrames(List<Integer> ofChunks) {
        return ofChunks.stream().flatMapToLong(timestep -> LongStream.generate(() -> timestep).limit(chunkFrames)).toArray();
    }
}
