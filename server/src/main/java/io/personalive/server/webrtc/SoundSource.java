package io.personalive.server.webrtc;

import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.AudioTrackSink;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;

/** Sound for a peer that watches. */
final class SoundSource implements AudioTrackSink {
    private final CustomAudioSource source;
    private final AudioTrack track;
    private boolean freed;

    SoundSource(CustomAudioSource source, AudioTrack track) {
        this.source = source;
        this.track = track;
    }

    @Override
    public synchronized void onData(byte[] samples, int bits, int rate, int channels, int frames) {
        if (!freed) {
            source.pushAudio(samples, bits, rate, channels, frames);
        }
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
