package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Frames;
import io.personalive.torch.Scope;
import java.awt.image.BufferedImage;
import java.util.List;

/** Reads one driver's motion, micro-chunk by micro-chunk, and remembers where the head was at first. Used by one thread. */
@FunctionalInterface
public interface MotionSight {
    /**
     * @param pictures square, of the model's size, at least one
     * @return the motion of each
     */
    List<MotionFrame> read(List<BufferedImage> pictures);

    /** Reads with a model's networks. */
    static MotionSight of(MotionReader reader) {
        return pictures -> {
            try (Scope scope = new Scope()) {
                return reader.read(Frames.toSigned(pictures));
            }
        };
    }
}
