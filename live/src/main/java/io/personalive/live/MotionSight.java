package io.personalive.live;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.moved.DriverReader;
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

    /** Told before the first picture that it shows the driver at rest, looking straight ahead. */
    default void beginsAtRest() {
        // most models don't need to know a driver's face at rest
    }

    /** Reads with a model that moves portraits. */
    static MotionSight of(DriverReader reader) {
        return new MotionSight() {
            @Override
            public List<MotionFrame> read(List<BufferedImage> pictures) {
                return reader.read(pictures);
            }

            @Override
            public void beginsAtRest() {
                reader.beginsAtRest();
            }
        };
    }

    /** Reads with a model's networks. */
    static MotionSight of(MotionReader reader) {
        return pictures -> {
            try (Scope scope = new Scope()) {
                return reader.read(Frames.toSigned(pictures));
            }
        };
    }
}
