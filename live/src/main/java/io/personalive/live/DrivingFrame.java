package io.personalive.live;

import java.awt.image.BufferedImage;

/**
 * A moment of a driver.
 *
 * @param picture     TYPE_3BYTE_BGR; null where only its motion is known
 * @param nanoseconds when it is shown, on the driver's own clock; counted from the first frame where that is a file
 * @param arrived     when it came in, on this machine's clock ({@link System#nanoTime}); a file's frames are there when
 *                    they are shown
 */
public record DrivingFrame(BufferedImage picture, long nanoseconds, long arrived) {
    /** A frame of a file. */
    public DrivingFrame(BufferedImage picture, long nanoseconds) {
        this(picture, nanoseconds, nanoseconds);
    }

    /** The same moment in another picture. */
    public DrivingFrame with(BufferedImage other) {
        return new DrivingFrame(other, nanoseconds, arrived);
    }
}
