package io.personalive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import io.personalive.server.RunningServer.Begun;
import io.personalive.server.session.SessionLimits;
import io.personalive.server.webrtc.WebRtcTransport;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WebRtcTest {
    private static final String SDP = "application/sdp", FRAGMENT = "application/trickle-ice-sdpfrag";
    private static RunningServer running;
    private static PeerConnectionFactory sending, receiving;

    @BeforeAll
    static void start() throws Exception {
        WebRtcTransport transport = new WebRtcTransport(List.of());
        Assumptions.assumeTrue(transport.isAvailable(), "WebRTC's native library does not load here");
        running = RunningServer.start(new SessionLimits(20, 0, Duration.ofSeconds(60), Duration.ofSeconds(5), 4), List.of(transport));
        sending = new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
        receiving = new PeerConnectionFactory(new HeadlessAudioDeviceModule());
    }

    @AfterAll
    static void stop() {
        if (running != null) {
            running.close();
        }
    }

    private static HttpResponse<String> post(Begun session, String way, String offer) throws Exception {
        return running.send(running.request(session, "/" + way).header("Content-Type", SDP).POST(BodyPublishers.ofString(offer)));
    }

    private static HttpRequest.Builder at(HttpResponse<String> answer, Begun session) {
        return HttpRequest.newBuilder(URI.create(answer.headers().firstValue("Location").orElseThrow()))
                .header("Authorization", "Bearer " + session.token());
    }

    private static HttpResponse<String> connect(Peer peer, Begun session, String way) throws Exception {
        HttpResponse<String> answer = post(session, way, peer.offer(true));
        assertEquals(201, answer.statusCode(), answer.body());
        peer.answered(answer.body());
        return answer;
    }

    private static void whileDriving(Peer driver, double place, String what, BooleanSupplier condition) throws Exception {
        byte[] tone = new byte[960];
        for (int i = 0; i < 480; i++) {
            int sample = (int) (20_000 * Math.sin(2 * Math.PI * 440 * i / 48_000));
            tone[2 * i] = (byte) sample;
            tone[2 * i + 1] = (byte) (sample >> 8);
        }
        long end = System.nanoTime() + 60_000_000_000L;
        for (int tick = 0; !condition.getAsBoolean(); tick++) {
            if (System.nanoTime() > end) {
                throw new AssertionError("didn't come about: " + what);
            }
            if (tick % 4 == 0) {
                driver.send(RunningServer.picture(Color.DARK_GRAY, place));
            }
            driver.sound.pushAudio(tone, 16, 48_000, 1, 480);
            Thread.sleep(10);
        }
    }

    private static boolean shows(BufferedImage picture, double place) {
        return picture != null && picture.getWidth() == DrawnModel.SIDE
                && isNear(new Color(picture.getRGB(64, 40)), Color.RED)
                && isNear(new Color(picture.getRGB((int) (place * (DrawnModel.SIDE - 8)) + 4, DrawnModel.SIDE - 6)), Color.WHITE);
    }

    private static boolean isNear(Color found, Color expected) {
        return Math.abs(found.getRed() - expected.getRed()) + Math.abs(found.getGreen() - expected.getGreen())
                + Math.abs(found.getBlue() - expected.getBlue()) < 150;
    }

    @Test
    void whatIsDrivenOverWhipIsWatchedOverWhepWithItsSound() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Peer driver = Peer.driving(sending); Peer viewer = Peer.watching(receiving)) {
            connect(driver, session, "whip");
            HttpResponse<String> watched = connect(viewer, session, "whep");
            whileDriving(driver, 0.2, "the picture moves", () -> shows(viewer.shown.get(), 0.2));
            whileDriving(driver, 0.8, "it follows", () -> shows(viewer.shown.get(), 0.8));
            whileDriving(driver, 0.8, "the sound is heard", () -> viewer.loudness.stream().anyMatch(level -> level > 0.1));
            assertEquals(200, running.send(at(watched, session).DELETE()).statusCode());
            assertEquals(404, running.send(at(watched, session).DELETE()).statusCode());
            RunningServer.await("the viewer is let go", () -> viewer.state != RTCPeerConnectionState.CONNECTED);
            running.send(running.request(session, "").DELETE());
            RunningServer.await("the driver is let go", () -> driver.state != RTCPeerConnectionState.CONNECTED);
        }
    }

    @Test
    void theAnswerIsWhatWhipAsksFor() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Peer driver = Peer.driving(sending)) {
            HttpResponse<String> options = running.send(running.request("/api/sessions/" + session.id() + "/whip")
                    .method("OPTIONS", BodyPublishers.noBody()));
            assertEquals(204, options.statusCode());
            assertEquals(SDP, options.headers().firstValue("Accept-Post").orElseThrow());
            HttpResponse<String> answer = post(session, "whip", driver.offer(true));
            assertEquals(201, answer.statusCode());
            assertEquals(SDP, answer.headers().firstValue("Content-Type").orElseThrow());
            assertTrue(answer.headers().firstValue("Location").orElseThrow().startsWith(running.server.address()));
            assertTrue(answer.headers().firstValue("ETag").orElseThrow().matches("\"[^\"]+\""));
            assertTrue(answer.body().contains("a=candidate:"), "not every client trickles");
            assertTrue(answer.body().contains("a=recvonly"));
        }
    }

    @Test
    void addressesMayComeLater() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Peer driver = Peer.driving(sending)) {
            String offer = driver.offer(false);
            HttpResponse<String> answer = post(session, "whip", offer);
            driver.answered(answer.body());
            String etag = answer.headers().firstValue("ETag").orElseThrow();
            String fragment = driver.fragment(offer);
            assertEquals(428, patch(answer, session, null, fragment));
            assertEquals(412, patch(answer, session, "\"another\"", fragment));
            assertEquals(422, patch(answer, session, "*", "a=ice-ufrag:new\r\na=ice-pwd:0123456789012345678901\r\n"));
            assertEquals(400, patch(answer, session, etag, "a=candidate:1 1 udp 1 192.0.2.1 9 typ host\r\n"));
            assertEquals(204, patch(answer, session, etag, fragment));
            RunningServer.await("connected", () -> driver.state == RTCPeerConnectionState.CONNECTED);
        }
    }

    private static int patch(HttpResponse<String> answer, Begun session, String etag, String fragment) throws Exception {
        HttpRequest.Builder request = at(answer, session).header("Content-Type", FRAGMENT);
        if (etag != null) {
            request.header("If-Match", etag);
        }
        return running.send(request.method("PATCH", BodyPublishers.ofString(fragment))).statusCode();
    }

    @Test
    void whoDrivesLastDrives() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Peer first = Peer.driving(sending); Peer second = Peer.driving(sending)) {
            connect(first, session, "whip");
            RunningServer.await("connected", () -> first.state == RTCPeerConnectionState.CONNECTED);
            connect(second, session, "whip");
            RunningServer.await("the first is let go", () -> first.state != RTCPeerConnectionState.CONNECTED);
        }
    }

    @Test
    void whatMakesNoSenseIsRefused() throws Exception {
        Begun session = running.begin(Color.RED);
        String path = "/api/sessions/" + session.id() + "/whip";
        assertEquals(401, running.send(running.request(path).header("Content-Type", SDP).POST(BodyPublishers.ofString("v=0"))).statusCode());
        assertEquals(415, running.send(running.request(session, "/whip").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("v=0"))).statusCode());
        assertEquals(400, post(session, "whip", "hello").statusCode());
        assertEquals(400, post(session, "whip", "v=0\r\nm=video nonsense\r\n").statusCode());
        assertEquals(404, running.send(running.request(session, "/whip/none").DELETE()).statusCode());
        assertEquals(405, running.send(running.request(session, "/whip").GET()).statusCode());
    }
}
