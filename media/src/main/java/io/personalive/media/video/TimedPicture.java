package io.personalive.media.video;

import java.awt.image.BufferedImage;

/**
 * A frame and when it is shown.
 *
 * @param picture     TYPE_3BYTE_BGR, the taker's to keep and change
 * @param nanoseconds from the moment at which reading began; never less than the frame's before
 */
public record TimedPicture(BufferedImage picture, long nanoseconds) {
}
