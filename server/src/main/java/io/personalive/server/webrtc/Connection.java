package io.personalive.server.webrtc;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One peer: answers its offer, and frees everything of it once, whoever ends it. */
final class Connection implements PeerConnectionObserver {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    /** What gathering addresses of one's own machine may take: milliseconds, as a rule. */
    private static final long GATHERING_SECONDS = 4;

    private final RTCPeerConnection peer;
    private final Runnable gone;
    private final Consumer<RTCRtpTransceiver> onTrack;
    private final CountDownLatch gathered = new CountDownLatch(1);
    private final AtomicBoolean closed = new AtomicBoolean();
    private final List<Runnable> beforeEnd = new ArrayList<>();
    private final List<Runnable> afterEnd = new ArrayList<>();
    private volatile RTCPeerConnectionState state = RTCPeerConnectionState.NEW;

    /**
     * @param onTrack told of tracks that the peer sends
     * @param gone    run when the peer has gone, in a thread of the library's in which it can't be closed
     */
    Connection(PeerConnectionFactory factory, RTCConfiguration configuration, Consumer<RTCRtpTransceiver> onTrack, Runnable gone) {
        this.onTrack = onTrack;
        this.gone = gone;
        this.peer = factory.createPeerConnection(configuration, this);
    }

    RTCPeerConnection peer() {
        return peer;
    }

    /** Has something done before it is closed, once. */
    void beforeEnd(Runnable ending) {
        synchronized (beforeEnd) {
            beforeEnd.add(ending);
        }
    }

    /** Has something freed when it is closed. */
    void afterEnd(Runnable freeing) {
        synchronized (afterEnd) {
            afterEnd.add(freeing);
        }
    }

    /** Takes an offer. @throws RefusedException if it makes no sense */
    void offered(String sdp) {
        Promise set = new Promise();
        try {
            peer.setRemoteDescription(new RTCSessionDescription(RTCSdpType.OFFER, sdp), set);
        } catch (Error malformed) { // what the library throws for what is no SDP at all
            throw new RefusedException(malformed.getMessage());
        }
        set.await();
    }

    /** @return the answer to the offer, with all addresses of this machine: not every peer waits for more */
    String answer() throws InterruptedException {
        Promise made = new Promise();
        peer.createAnswer(new RTCAnswerOptions(), made);
        RTCSessionDescription answer = made.await();
        Promise set = new Promise();
        peer.setLocalDescription(answer, set);
        set.await();
        gathered.await(GATHERING_SECONDS, TimeUnit.SECONDS);
        return peer.getLocalDescription().sdp;
    }

    /** Takes further addresses of the peer. */
    void trickled(List<RTCIceCandidate> candidates) {
        candidates.forEach(peer::addIceCandidate);
    }

    boolean isConnected() {
        return state == RTCPeerConnectionState.CONNECTED;
    }

    @Override
    public void onIceCandidate(RTCIceCandidate candidate) {
        // all are in the answer
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
        if (now == RTCPeerConnectionState.FAILED || now == RTCPeerConnectionState.CLOSED) {
            guarded(gone);
        }
    }

    @Override
    public void onTrack(RTCRtpTransceiver transceiver) {
        guarded(() -> onTrack.accept(transceiver));
    }

    /** No exception may pass through the library: it would end the process. */
    private static void guarded(Runnable reaction) {
        try {
            reaction.run();
        } catch (RuntimeException | Error failed) {
            LOG.atWarn().setCause(failed).log("a WebRTC event could not be taken in");
        }
    }

    /** Ends it, once. Not from a thread of the library's. */
    void close() {
        if (closed.compareAndSet(false, true)) {
            run(beforeEnd);
            peer.close();
            run(afterEnd);
        }
    }

    /** One that fails leaves the others their turn; the library throws errors too. */
    private static void run(List<Runnable> tasks) {
        List<Runnable> all;
        synchronized (tasks) {
            all = List.copyOf(tasks);
        }
        for (Runnable task : all) {
            try {
                task.run();
            } catch (RuntimeException | Error failed) {
                LOG.atWarn().setCause(failed).log("something of a WebRTC connection was not freed");
            }
        }
    }
}
