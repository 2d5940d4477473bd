package io.personalive.live;

import java.awt.image.BufferedImage;

/**
 * A finished frame.
 *
 * @param picture square, of the model's size, TYPE_3BYTE_BGR
 * @param driving the moment that it answers, framed as the model saw it: its time is this frame's time
 */
public record AnimatedFrame(BufferedImage picture, DrivingFrame driving) {
    /** When it is shown, on the driver's clock. */
    public long nanoseconds() {
        return driving.nanoseconds();
    }
}
