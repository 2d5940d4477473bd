package io.personalive.server.webrtc;

import dev.onvoid.webrtc.media.FourCC;
import dev.onvoid.webrtc.media.video.VideoBufferConverter;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrackSink;
import io.personalive.media.image.Bgr;
import io.personalive.media.image.Orientation;
import io.personalive.server.session.Driver;
import java.awt.image.BufferedImage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A peer's video track that drives a session. */
final class DrivingTrack implements VideoTrackSink {
    private static final Logger LOG = LoggerFactory.getLogger(DrivingTrack.class);
    /** Larger frames are of no use to any model. */
    private static final long MOST_PIXELS = 1920 * 1088;

    /** By quarter turns to the right that a frame needs. */
    private static final int[] EXIF = {1, 6, 3, 8};

    private final Driver driver;
    private boolean warned;

    DrivingTrack(Driver driver) {
        this.driver = driver;
    }

    /** Called by the library's decoder, through which no exception may pass. */
    @Override
    public void onVideoFrame(VideoFrame frame) {
        try {
            if ((long) frame.buffer.getWidth() * frame.buffer.getHeight() <= MOST_PIXELS) {
                driver.push(frame.timestampNs, () -> picture(frame));
            }
        } catch (RuntimeException | Error unusable) {
            if (!warned) {
                warned = true;
                LOG.atWarn().setCause(unusable).log("a driving frame can't be used");
            }
        } finally {
            frame.release();
        }
    }

    private static BufferedImage picture(VideoFrame frame) {
        BufferedImage picture = Bgr.blank(frame.buffer.getWidth(), frame.buffer.getHeight());
        try {
            VideoBufferConverter.convertFromI420(frame.buffer, Bgr.bytes(picture), FourCC.BG24);
        } catch (Exception unusable) {
            throw new IllegalStateException("a decoded frame can't be converted", unusable);
        }
        return Orientation.ofExif(EXIF[frame.rotation / 90 % 4]).upright(picture);
    }
}
