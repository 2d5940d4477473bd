package io.personalive.server.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.FourCC;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoBufferConverter;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import io.personalive.live.AnimatedFrame;
import io.personalive.live.FrameSink;
import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;

/** A session's frames as a video track for a peer. The library encodes in a thread of its own, and leaves out what comes too fast. */
final class WatchedTrack implements FrameSink {
    private final CustomVideoSource source = new CustomVideoSource();
    final VideoTrack track;
    private boolean freed;

    WatchedTrack(PeerConnectionFactory factory) {
        track = factory.createVideoTrack("animated", source);
    }

    @Override
    public synchronized void accept(AnimatedFrame frame) {
        if (freed) {
            return;
        }
        BufferedImage picture = frame.picture();
        NativeI420Buffer buffer = NativeI420Buffer.allocate(picture.getWidth(), picture.getHeight());
        try {
            VideoBufferConverter.convertToI420(Bgr.bytes(picture), buffer, FourCC.BG24);
        } catch (Exception unusable) {
            buffer.release();
            throw new IllegalStateException("a finished frame can't be converted", unusable);
        }
        VideoFrame shown = new VideoFrame(buffer, System.nanoTime());
        source.pushFrame(shown);
        shown.release();
    }

    /** To be called when its connection is closed. */
    synchronized void free() {
        if (!freed) {
            freed = true;
            track.dispose();
            source.dispose();
        }
    }
}
