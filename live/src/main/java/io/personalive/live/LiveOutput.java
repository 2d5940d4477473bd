package io.personalive.live;

import io.personalive.media.video.VideoWriter;

/** One of the places that live frames go to. A thread of its own writes; one that is slow loses frames and delays nobody. */
final class LiveOutput {
    /** Frames that may wait, for the second or so that a disk or a server takes at times. */
    private static final int WAITING = 24;

    private final String name;
    private final VideoWriter writer;
    private final Handover<AnimatedFrame> waiting = new Handover<>(WAITING, Handover.Crowding.newestWins());

    /** @param writer closed with this */
    LiveOutput(String name, VideoWriter writer) {
        this.name = name;
        this.writer = writer;
        waiting.start("output", this::write);
    }

    private void write() {
        for (AnimatedFrame next = waiting.take(); next != null; next = waiting.take()) {
            writer.write(next.picture(), next.nanoseconds());
        }
    }

    String name() {
        return name;
    }

    /** Never waits. @throws RuntimeException what went wrong with an earlier frame */
    void accept(AnimatedFrame frame) {
        waiting.put(frame);
    }

    /**
     * Writes what waits and completes it; what was written is completed too where writing failed on the way, before that
     * is thrown.
     *
     * @return how many frames were written; 0 leaves nothing
     */
    long finish() {
        waiting.stop();
        if (writer.frames() == 0) {
            writer.abort();
        } else {
            writer.close();
        }
        waiting.rethrow();
        return writer.frames();
    }
}
