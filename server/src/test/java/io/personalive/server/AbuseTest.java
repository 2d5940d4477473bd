package io.personalive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.live.Crop;
import io.personalive.server.RunningServer.Begun;
import io.personalive.server.http.Listening;
import io.personalive.server.session.SessionSettings;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What malice and accident send: each gets its error, and somebody else's session goes on meanwhile. */
@Timeout(90)
class AbuseTest {
    private RunningServer running;
    private Socket bystander;
    private int seen;

    @BeforeEach
    void start() throws Exception {
        running = RunningServer.start();
        bystander = new Socket(running, running.begin(Color.GREEN));
    }

    @AfterEach
    void theBystanderIsUnharmed() throws Exception {
        seen = bystander.frames.size();
        for (int i = 0; i < 400 && bystander.frames.size() < seen + 4; i++) {
            bystander.send(RunningServer.picture(Color.BLACK, 0.5), i * 33_000L);
            Thread.sleep(10);
        }
        assertTrue(bystander.frames.size() >= seen + 4, "somebody else's session stands still");
        bystander.close();
        running.close();
        assertEquals(0, running.model.open());
    }

    private HttpResponse<String> post(String type, byte[] body) throws Exception {
        return running.send(running.request("/api/sessions").header("Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    private static void refused(int status, String code, HttpResponse<String> answer) throws Exception {
        assertEquals(status, answer.statusCode(), answer.body());
        assertEquals(code, RunningServer.errorCode(answer));
        assertTrue(answer.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @Test
    void bodiesThatAreTooLargeAreRefused() throws Exception {
        refused(413, "too-large", post("image/png", new byte[20_000_001]));
        refused(413, "too-large", post("application/json", ("{\"preset\": \"" + "x".repeat(100_000) + "\"}").getBytes(StandardCharsets.US_ASCII)));
        byte[] head = "--edge\r\nContent-Disposition: form-data; name=\"portrait\"; filename=\"a\"\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.write(head);
        form.write(new byte[22_000_000]);
        form.write("\r\n--edge--\r\n".getBytes(StandardCharsets.US_ASCII));
        refused(413, "too-large", post("multipart/form-data; boundary=edge", form.toByteArray()));
    }

    @Test
    void malformedBodiesAreRefused() throws Exception {
        refused(400, "bad-request", post("application/json", "{\"preset\"".getBytes(StandardCharsets.US_ASCII)));
        refused(400, "bad-request", post("application/json", "{}".getBytes(StandardCharsets.US_ASCII)));
        refused(400, "bad-request", post("multipart/form-data; boundary=edge", "--edge\r\nno end".getBytes(StandardCharsets.US_ASCII)));
        refused(400, "bad-request", post("multipart/form-data", "no boundary".getBytes(StandardCharsets.US_ASCII)));
        refused(415, "unsupported-media-type", post("text/plain", "hello".getBytes(StandardCharsets.US_ASCII)));
        refused(422, "unreadable-picture", post("image/png", new byte[1000]));
        refused(422, "unreadable-picture", post("image/png", new byte[0]));
    }

    /** A PNG whose header says what it likes. */
    private static byte[] png(int width, int height) throws Exception {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        DataOutputStream fields = new DataOutputStream(header);
        fields.writeBytes("IHDR");
        fields.writeInt(width);
        fields.writeInt(height);
        fields.write(new byte[] {8, 2, 0, 0, 0});
        CRC32 check = new CRC32();
        check.update(header.toByteArray());
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(file);
        out.writeLong(0x89504E470D0A1A0AL);
        out.writeInt(13);
        header.writeTo(out);
        out.writeInt((int) check.getValue());
        out.write(new byte[64]);
        return file.toByteArray();
    }

    @Test
    void bombsAreRefusedFromTheirHeaders() throws Exception {
        HttpResponse<String> bomb = post("image/png", png(100_000, 100_000));
        refused(422, "unreadable-picture", bomb);
        assertTrue(bomb.body().contains("100000 x 100000"), bomb.body());
        refused(422, "unreadable-picture", post("image/png", png(-1, 50)));
        byte[] frame = RunningServer.jpeg(Color.RED);
        int at = 0;
        while (frame[at] != (byte) 0xFF || frame[at + 1] != (byte) 0xC0) {
            at++;
        }
        frame[at + 5] = frame[at + 7] = (byte) 0xFF; // 65 thousand pixels a side
        Begun session = running.begin(Color.RED);
        try (Socket socket = new Socket(running, session)) {
            socket.send(java.nio.ByteBuffer.allocate(12 + frame.length).putInt(0).putLong(0).put(frame).flip());
            RunningServer.await("the error", () -> socket.heardCode("unreadable-picture"));
        }
    }

    @Test
    void whatTheServerDoesNotKnowIsAnsweredAsJson() throws Exception {
        refused(404, "not-found", running.send(running.request("/api/nothing")));
        refused(405, "method-not-allowed", running.send(running.request("/api/sessions").DELETE()));
        refused(404, "no-such-session", running.send(running.request("/api/sessions/guess").header("Authorization", "Bearer guess")));
        assertEquals("HTTP/1.1 400", raw("NONSENSE\r\n\r\n").substring(0, 12));
        assertEquals("HTTP/1.1 431", raw("GET / HTTP/1.1\r\nHost: localhost\r\nX-Long: " + "x".repeat(20_000) + "\r\n\r\n").substring(0, 12));
        assertTrue(raw("GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").startsWith("HTTP/1.1 40"));
    }

    private String raw(String request) throws Exception {
        try (java.net.Socket socket = new java.net.Socket("localhost", URI.create(running.server.address()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            socket.setSoTimeout(10_000);
            return new String(socket.getInputStream().readNBytes(300), StandardCharsets.US_ASCII);
        }
    }

    @Test
    void otherSitesAndBorrowedNamesAreRefused() throws Exception {
        for (String origin : List.of("https://evil.example", "null", "http://localhost:1", "file://")) {
            refused(403, "other-site", running.send(running.request("/api/sessions").header("Origin", origin)
                    .header("Content-Type", "image/jpeg").POST(BodyPublishers.ofByteArray(RunningServer.jpeg(Color.RED)))));
        }
        assertEquals(201, running.send(running.request("/api/sessions").header("Origin", running.server.address())
                .header("Content-Type", "image/jpeg").POST(BodyPublishers.ofByteArray(RunningServer.jpeg(Color.RED)))).statusCode());
        String borrowed = raw("GET /api/server HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
        assertTrue(borrowed.startsWith("HTTP/1.1 403"), borrowed);
        HttpResponse<String> preflight = running.send(running.request("/api/sessions").method("OPTIONS", BodyPublishers.noBody())
                .header("Origin", "https://evil.example").header("Access-Control-Request-Method", "POST"));
        assertTrue(preflight.statusCode() >= 400 && preflight.headers().firstValue("Access-Control-Allow-Origin").isEmpty());
    }

    @Test
    void anUploadThatDripsInIsGivenUp() throws Exception {
        Listening hasty = new Listening("localhost", 0, null, null, false, null, Duration.ofMillis(500));
        ServerSettings settings = new ServerSettings(hasty, RunningServer.LIMITS, Crop.NONE, SessionSettings.USUAL, false, null);
        try (PersonaLiveServer server = PersonaLiveServer.start(settings, List.of());
                java.net.Socket slow = new java.net.Socket("localhost", URI.create(server.address()).getPort())) {
            server.open(new DrawnModel(1));
            slow.setSoTimeout(20_000);
            OutputStream out = slow.getOutputStream();
            out.write("POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 100000\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(new byte[10]);
            out.flush();
            String answer = new String(slow.getInputStream().readNBytes(12), StandardCharsets.US_ASCII);
            assertEquals("HTTP/1.1 408", answer);
            assertEquals(0, server.sessions().held());
        }
    }

    @Test
    void aSocketThatNeverReadsLosesFramesAndHoldsNobodyUp() throws Exception {
        Begun session = running.begin(Color.RED);
        List<java.net.Socket> deaf = new ArrayList<>();
        try (Socket driver = new Socket(running, session)) {
            for (int i = 0; i < 3; i++) {
                deaf.add(deafSocket(session));
            }
            for (int i = 0; i < 300; i++) {
                driver.send(RunningServer.picture(Color.BLACK, i % 10 / 10.0), i * 33_000L);
                Thread.sleep(5);
            }
            RunningServer.await("frames for who reads", () -> driver.frames.size() > 20);
        } finally {
            for (java.net.Socket socket : deaf) {
                socket.close();
            }
        }
    }

    /** Opens a WebSocket and reads nothing, not even the answer. */
    private java.net.Socket deafSocket(Begun session) throws Exception {
        java.net.Socket socket = new java.net.Socket();
        socket.setReceiveBufferSize(1024);
        socket.connect(new java.net.InetSocketAddress("localhost", URI.create(running.server.address()).getPort()));
        socket.getOutputStream().write(("GET " + session.answer().at("/urls/socket").asText() + "?token=" + session.token()
                + " HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void aFloodOfFramesIsThinned() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Socket socket = new Socket(running, session)) {
            for (int i = 0; i < 500; i++) {
                socket.send(RunningServer.picture(Color.BLACK, 0.5), i * 1000L);
            }
            RunningServer.await("answers", () -> socket.frames.size() > 1);
            assertTrue(running.status(session).get("framesIn").asLong() < 400, "not all are even decoded");
        }
    }

    @Test
    void aBigMessageEndsItsConnectionOnly() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Socket socket = new Socket(running, session)) {
            RunningServer.await("hello", () -> socket.heard("hello"));
            try {
                socket.send(java.nio.ByteBuffer.allocate(3_000_000));
            } catch (java.util.concurrent.ExecutionException closedWhileSending) {
                // that may show while the rest is sent
            }
            RunningServer.await("it is closed", () -> socket.closed != 0 || !socket.isOpen());
        }
        assertEquals(200, running.send(running.request(session, "")).statusCode());
    }

    @Test
    void viewersThatNeverLeaveAreLimited() throws Exception {
        Begun session = running.begin(Color.RED);
        List<InputStream> open = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                open.add(running.client.send(running.request(session, "/mjpeg").build(), HttpResponse.BodyHandlers.ofInputStream()).body());
            }
            refused(429, "too-many-viewers", running.send(running.request(session, "/mjpeg")));
        } finally {
            for (InputStream stream : open) {
                stream.close();
            }
        }
    }
}
