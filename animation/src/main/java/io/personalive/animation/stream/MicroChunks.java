package io.personalive.animation.stream;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.schedule.WindowShape;
import java.awt.image.BufferedImage;
import java.util.List;

/** Takes micro-chunks of driving motion and gives the frames that a window finishes meanwhile. Used by one thread. */
public interface MicroChunks {
    /** The window's shape. */
    WindowShape window();

    /**
     * Advances by one micro-chunk.
     *
     * @param driving {@link WindowShape#chunkFrames()} frames of motion, in order
     * @param shown   false for frames that nobody will see: they needn't be decoded
     * @return as many finished frames, TYPE_3BYTE_BGR; none where they aren't shown
     */
    List<BufferedImage> push(List<MotionFrame> driving, boolean shown);

    /** A stream's own. The stream stays the caller's to close. */
    static MicroChunks of(AnimationStream stream) {
        return new MicroChunks() {
            @Override
            public WindowShape window() {
                return stream.window();
            }

            @Override
            public List<BufferedImage> push(List<MotionFrame> driving, boolean shown) {
                try (Chunk chunk = stream.push(driving)) {
                    return shown ? chunk.frames() : List.of();
                }
            }
        };
    }
}
