package io.personalive.server;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.FourCC;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioTrack;
import dev.onvoid.webrtc.media.audio.CustomAudioSource;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoBufferConverter;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import io.personalive.media.image.Bgr;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** A WebRTC client for tests: it drives with drawn pictures and a tone, or watches. */
final class Peer implements PeerConnectionObserver, AutoCloseable {
    final CustomVideoSource pictures = new CustomVideoSource();
    final CustomAudioSource sound = new CustomAudioSource();
    final AtomicReference<BufferedImage> shown = new AtomicReference<>();
    final List<Double> loudness = new CopyOnWriteArrayList<>();
    private final List<RTCIceCandidate> candidates = new CopyOnWriteArrayList<>();
    private final CountDownLatch gathered = new CountDownLatch(1);
    private final RTCPeerConnection connection;
    volatile RTCPeerConnectionState state = RTCPeerConnectionState.NEW;

    private Peer(PeerConnectionFactory factory, RTCRtpTransceiverDirection direction) {
        connection = factory.createPeerConnection(new RTCConfiguration(), this);
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        init.direction = direction;
        init.streamIds = List.of("camera");
        connection.addTransceiver(factory.createVideoTrack("pictures", pictures), init);
        connection.addTransceiver(factory.createAudioTrack("sound", sound), init);
    }

    static Peer driving(PeerConnectionFactory factory) {
        return new Peer(factory, RTCRtpTransceiverDirection.SEND_ONLY);
    }

    static Peer watching(PeerConnectionFactory factory) {
        return new Peer(factory, RTCRtpTransceiverDirection.RECV_ONLY);
    }

    /** @param whole with all of this machine's addresses; else with none, as those who trickle send it */
    String offer(boolean whole) throws Exception {
        CompletableFuture<RTCSessionDescription> made = new CompletableFuture<>();
        connection.createOffer(new RTCOfferOptions(), new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                made.complete(description);
            }

            @Override
            public void onFailure(String reason) {
                made.completeExceptionally(new AssertionError(reason));
            }
        });
        RTCSessionDescription offer = made.get(10, TimeUnit.SECONDS);
        set(observer -> connection.setLocalDescription(offer, observer));
        if (!gathered.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError("no addresses");
        }
        return whole ? connection.getLocalDescription().sdp : offer.sdp;
    }

    void answered(String sdp) throws Exception {
        set(observer -> connection.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, sdp), observer));
    }

    private static void set(Consumer<SetSessionDescriptionObserver> setting) throws Exception {
        CompletableFuture<Void> done = new CompletableFuture<>();
        setting.accept(new SetSessionDescriptionObserver() {
            @Override
            public void onSuccess() {
                done.complete(null);
            }

            @Override
            public void onFailure(String reason) {
                done.completeExceptionally(new AssertionError(reason));
            }
        });
        done.get(10, TimeUnit.SECONDS);
    }

    /** What a PATCH carries. */
    String fragment(String offer) {
        StringBuilder fragment = new StringBuilder();
        offer.lines().filter(line -> line.startsWith("a=ice-ufrag:")).findFirst().ifPresent(line -> fragment.append(line).append("\r\n"));
        for (RTCIceCandidate candidate : candidates) {
            fragment.append("m=video 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:").append(candidate.sdpMid).append("\r\na=").append(candidate.sdp).append("\r\n");
        }
        return fragment + "a=end-of-candidates\r\n";
    }

    void send(BufferedImage picture) throws Exception {
        NativeI420Buffer buffer = NativeI420Buffer.allocate(picture.getWidth(), picture.getHeight());
        VideoBufferConverter.convertToI420(Bgr.bytes(picture), buffer, FourCC.BG24);
        VideoFrame frame = new VideoFrame(buffer, System.nanoTime());
        pictures.pushFrame(frame);
        frame.release();
    }

    @Override
    public void onTrack(RTCRtpTransceiver transceiver) {
        MediaStreamTrack track = transceiver.getReceiver().getTrack();
        if (track instanceof VideoTrack video) {
            video.addSink(frame -> {
                BufferedImage picture = Bgr.blank(frame.buffer.getWidth(), frame.buffer.getHeight());
                try {
                    VideoBufferConverter.convertFromI420(frame.buffer, Bgr.bytes(picture), FourCC.BG24);
                    shown.set(picture);
                } catch (Exception failed) {
                    failed.printStackTrace();
                } finally {
                    frame.release();
                }
            });
        } else if (track instanceof AudioTrack audio) {
            audio.addSink((samples, bits, rate, channels, frames) -> {
                double loudest = 0;
                for (int i = 0; i + 1 < samples.length; i += 2) {
                    loudest = Math.max(loudest, Math.abs((samples[i] & 255) | samples[i + 1] << 8));
                }
                loudness.add(loudest / 32768);
            });
        }
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
        candidates.add(candidate);
    }

    @Override
    public void onIceGatheringChange(RTCIceGatheringState now) {
        if (now == RTCIceGatheringState.COMPLETE) {
            gathered.countDown();
        }
    }

    @Override
    public void onConnectionChange(RTCPeerConnectionState now) {
        state = now;
    }

    @Override
    public void close() {
        connection.close();
    }
}
