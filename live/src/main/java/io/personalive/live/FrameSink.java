package io.personalive.live;

/** Takes finished frames: a file's encoder, a browser's connection. */
@FunctionalInterface
public interface FrameSink {
    /** Takes the next frame, in the order of their times; always from one thread. */
    void accept(AnimatedFrame frame);
}
