package io.personalive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.AiMark;
import io.personalive.server.RunningServer.Begun;
import io.personalive.server.Socket.Frame;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SocketTest {
    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = RunningServer.start();
    }

    @AfterEach
    void stop() {
        running.close();
    }

    /** Sends frames with the stripe at one place until so many answers came. */
    private static void drive(Socket socket, double place, long firstMicroseconds, int answers) throws Exception {
        int before = socket.frames.size();
        for (long i = 0; socket.frames.size() < before + answers; i++) {
            if (i > 500) {
                throw new AssertionError("after 500 frames only " + (socket.frames.size() - before) + " answers came");
            }
            socket.send(RunningServer.picture(Color.DARK_GRAY, place), firstMicroseconds + i * 33_000);
            Thread.sleep(10);
        }
    }

    private static Color middle(Frame frame) {
        return new Color(frame.picture().getRGB(DrawnModel.SIDE / 2, DrawnModel.SIDE / 2));
    }

    /** Whether the stripe stands at a place. */
    private static boolean stripeAt(Frame frame, double place) {
        BufferedImage picture = frame.picture();
        Color colour = new Color(picture.getRGB((int) (place * (DrawnModel.SIDE - 8)) + 4, DrawnModel.SIDE - 6));
        return colour.getRed() > 200 && colour.getGreen() > 200 && colour.getBlue() > 200;
    }

    private static Frame last(Socket socket) {
        return socket.frames.get(socket.frames.size() - 1);
    }

    @Test
    void framesFollowTheDriverAndCarryItsTimesAndTheMark() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Socket socket = new Socket(running, session)) {
            drive(socket, 0.8, 5_000_000, 12);
            assertEquals("hello", socket.told.get(0).get("type").asText());
            long before = -1;
            for (Frame frame : socket.frames) {
                assertEquals(0, (frame.microseconds() - 5_000_000) % 33_000, "the time of a driving frame");
                assertTrue(frame.microseconds() > before);
                before = frame.microseconds();
            }
            assertTrue(middle(last(socket)).getRed() > 200);
            assertTrue(stripeAt(last(socket), 0.8));
            assertTrue(new String(last(socket).jpeg(), StandardCharsets.ISO_8859_1).contains(AiMark.DIGITAL_SOURCE_TYPE));
            RunningServer.await("a status", () -> socket.heard("status"));
            assertEquals("running", running.status(session).get("state").asText());
        }
        RunningServer.await("nobody drives", () -> stateOf(session).equals("waiting"));
    }

    private String stateOf(Begun session) {
        return running.server.sessions().find(session.id()).orElseThrow().status().state();
    }

    @Test
    void settingsAndPortraitChangeWhileItRuns() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Socket socket = new Socket(running, session)) {
            drive(socket, 0.2, 0, 4);
            assertTrue(stripeAt(last(socket), 0.2));
            socket.say("{\"type\": \"settings\", \"settings\": {\"mirror\": true}}");
            RunningServer.await("settings are confirmed", () -> socket.heard("settings"));
            drive(socket, 0.2, 100_000_000, 10);
            assertTrue(stripeAt(last(socket), 0.8), "mirrored");
            running.send(running.request(session, "/portrait").header("Content-Type", "image/jpeg")
                    .PUT(BodyPublishers.ofByteArray(RunningServer.jpeg(Color.BLUE))));
            drive(socket, 0.2, 200_000_000, 10);
            assertTrue(middle(last(socket)).getBlue() > 200);
        }
    }

    @Test
    void theBadgeIsDrawnWhereItIsWanted() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Socket socket = new Socket(running, session)) {
            drive(socket, 0.9, 0, 4);
            assertTrue(new Color(last(socket).picture().getRGB(5, DrawnModel.SIDE - 7)).getRed() > 200);
            socket.say("{\"type\": \"settings\", \"settings\": {\"badge\": true}}");
            drive(socket, 0.9, 100_000_000, 10);
            assertTrue(new Color(last(socket).picture().getRGB(5, DrawnModel.SIDE - 7)).getRed() < 150, "dark behind the words");
        }
    }

    @Test
    void sessionsSideBySideNeverMix() throws Exception {
        Begun red = running.begin(Color.RED);
        Begun blue = running.begin(Color.BLUE);
        try (Socket redSocket = new Socket(running, red); Socket blueSocket = new Socket(running, blue)) {
            for (int i = 0; i < 60; i++) {
                redSocket.send(RunningServer.picture(Color.BLACK, 0.1), i * 33_000L);
                blueSocket.send(RunningServer.picture(Color.BLACK, 0.9), i * 33_000L);
                Thread.sleep(15);
            }
            RunningServer.await("answers", () -> redSocket.frames.size() > 5 && blueSocket.frames.size() > 5);
            assertTrue(redSocket.frames.stream().allMatch(frame -> middle(frame).getRed() > 200 && stripeAt(frame, 0.1)));
            assertTrue(blueSocket.frames.stream().allMatch(frame -> middle(frame).getBlue() > 200 && stripeAt(frame, 0.9)));
        }
    }

    @Test
    void whoeverDrivesLastDrives() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Socket one = new Socket(running, session); Socket other = new Socket(running, session)) {
            drive(one, 0.1, 0, 4);
            drive(other, 0.9, 0, 10);
            RunningServer.await("the first is told", () -> one.heardCode("replaced") && one.closed == 4001);
            assertTrue(stripeAt(last(other), 0.9));
        }
    }

    @Test
    void theEndIsTold() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Socket socket = new Socket(running, session)) {
            RunningServer.await("hello", () -> socket.heard("hello"));
            running.send(running.request(session, "").DELETE());
            RunningServer.await("the end", () -> socket.heard("ended") && socket.closed == 4000);
            assertTrue(socket.heardCode("deleted"));
        }
    }

    @Test
    void mistakesAreToldAndTooManyEndTheConnection() throws Exception {
        Begun session = running.begin(Color.RED);
        try (Socket socket = new Socket(running, session)) {
            socket.send(ByteBuffer.wrap(new byte[] {1, 2, 3}));
            RunningServer.await("an error", () -> socket.heardCode("bad-request"));
            socket.send(ByteBuffer.wrap(new byte[200]));
            RunningServer.await("an error", () -> socket.heardCode("unreadable-picture"));
            drive(socket, 0.5, 0, 2);
            for (int i = 0; i < 20; i++) {
                socket.say("{\"type\": \"dance\"}");
            }
            RunningServer.await("it is closed", () -> socket.closed == 4003);
        }
        RunningServer.await("nobody drives", () -> stateOf(session).equals("waiting"));
    }

    @Test
    void withoutTokenOrFromAnotherSiteNoSocketOpens() throws Exception {
        Begun session = running.begin(Color.RED);
        Begun forged = new Begun(session.id(), "wrong", session.answer());
        assertThrows(ExecutionException.class, () -> new Socket(running, forged));
        HttpResponse<String> other = running.send(running.request(session, "/socket").header("Origin", "https://evil.example"));
        assertEquals(403, other.statusCode());
    }

    @Test
    void mjpegShowsTheSameFrames() throws Exception {
        Begun session = running.begin(Color.GREEN);
        HttpResponse<InputStream> answer = running.client.send(running.request("/api/sessions/" + session.id() + "/mjpeg?token=" + session.token())
                .build(), BodyHandlers.ofInputStream());
        assertEquals(200, answer.statusCode());
        assertTrue(answer.headers().firstValue("Content-Type").orElse("").startsWith("multipart/x-mixed-replace"));
        try (Socket socket = new Socket(running, session); InputStream frames = answer.body()) {
            drive(socket, 0.5, 0, 6);
            String start = new String(frames.readNBytes(60), StandardCharsets.ISO_8859_1);
            assertTrue(start.startsWith("--personalive-frame\r\nContent-Type: image/jpeg\r\n"), start);
            running.send(running.request(session, "").DELETE());
            frames.readAllBytes(); // the stream ends with the session
        }
    }
}
