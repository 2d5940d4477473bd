package io.personalive.server.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;

/**
 * The native library, and the two factories of all connections: a factory has threads of its own, so there is not one for
 * each. Needs no sound card. Two, as sound that is received has to be pulled by something that plays, which also records,
 * and the library ends the process where recorded sound and a source's own meet in one connection.
 */
final class WebRtc implements AutoCloseable {
    private final HeadlessAudioDeviceModule player;
    private final AudioDeviceModule none;
    /** For connections that receive only. */
    final PeerConnectionFactory receiving;
    /** For connections that send only. */
    final PeerConnectionFactory sending;

    /** @throws LinkageError if the library is not there for this machine, or something that it needs isn't */
    WebRtc() {
        player = new HeadlessAudioDeviceModule();
        receiving = new PeerConnectionFactory(player);
        none = new AudioDeviceModule(AudioLayer.kDummyAudio);
        sending = new PeerConnectionFactory(none);
    }

    @Override
    public void close() {
        receiving.dispose();
        sending.dispose();
        player.dispose();
        none.dispose();
    }
}
