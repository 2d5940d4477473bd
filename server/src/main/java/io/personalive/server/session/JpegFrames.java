package io.personalive.server.session;

import io.personalive.live.AnimatedFrame;
import io.personalive.media.picture.Jpeg;

/** A session's finished frames as JPEG, each encoded once however many want it. Used by the thread that delivers them. */
final class JpegFrames {
    private AnimatedFrame frame;
    private byte[] encoded;

    /** @param quality 10 to 95; of the first who asks for this frame */
    byte[] of(AnimatedFrame wanted, int quality) {
        if (frame != wanted) {
            encoded = Jpeg.encodeMarked(wanted.picture(), quality);
            frame = wanted;
        }
        return encoded;
    }
}
