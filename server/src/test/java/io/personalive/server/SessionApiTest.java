package io.personalive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.personalive.server.RunningServer.Begun;
import io.personalive.server.session.SessionLimits;
import java.awt.Color;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SessionApiTest {
    private RunningServer running;

    @BeforeEach
    void start() throws Exception {
        running = RunningServer.start();
    }

    @AfterEach
    void stop() {
        running.close();
        assertEquals(0, running.model.open(), "avatars that weren't closed");
    }

    private static byte[] form(String name, byte[] file, String settings) throws Exception {
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.write(("--edge\r\nContent-Disposition: form-data; name=\"" + name + "\"; filename=\"me.jpg\"\r\n"
                + "Content-Type: image/jpeg\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        form.write(file);
        form.write(("\r\n--edge\r\nContent-Disposition: form-data; name=\"settings\"\r\n\r\n" + settings + "\r\n--edge--\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        return form.toByteArray();
    }

    @Test
    void aFormWithAPortraitBeginsASession() throws Exception {
        HttpResponse<String> answer = running.send(running.request("/api/sessions")
                .header("Content-Type", "multipart/form-data; boundary=edge")
                .POST(BodyPublishers.ofByteArray(form("portrait", RunningServer.jpeg(Color.RED), "{\"quality\": 55}"))));
        assertEquals(201, answer.statusCode(), answer.body());
        JsonNode begun = RunningServer.json(answer);
        assertTrue(begun.get("id").asText().length() >= 20);
        assertTrue(begun.get("token").asText().length() >= 40);
        assertEquals("/api/sessions/" + begun.get("id").asText() + "/socket", begun.at("/urls/socket").asText());
        assertEquals(running.server.address() + begun.at("/urls/session").asText(), answer.headers().firstValue("Location").orElse(""));
        assertEquals("waiting", begun.at("/status/state").asText());
        assertEquals("drawn", begun.at("/status/model").asText());
        assertEquals(55, begun.at("/status/settings/quality").asInt());
    }

    @Test
    void idsAndTokensAreNeverTheSame() throws Exception {
        Begun one = running.begin(Color.RED);
        Begun other = running.begin(Color.BLUE);
        assertNotEquals(one.id(), other.id());
        assertNotEquals(one.token(), other.token());
        assertEquals(401, running.send(running.request("/api/sessions/" + one.id()).header("Authorization", "Bearer " + other.token())).statusCode());
        assertEquals(401, running.send(running.request("/api/sessions/" + one.id())).statusCode());
        assertEquals(200, running.send(running.request("/api/sessions/" + one.id() + "?token=" + one.token())).statusCode());
    }

    @Test
    void settingsChangeOneByOneAndWrongOnesChangeNothing() throws Exception {
        Begun session = running.begin(Color.RED);
        HttpResponse<String> changed = running.send(running.request(session, "/settings")
                .method("PATCH", BodyPublishers.ofString("{\"mirror\": true, \"headStrength\": 1.5}")));
        assertEquals(200, changed.statusCode(), changed.body());
        assertTrue(RunningServer.json(changed).get("mirror").asBoolean());
        assertEquals(1, RunningServer.json(changed).get("expressionStrength").asDouble());
        for (String wrong : new String[] {"{\"headStrength\": 9}", "{\"qualty\": 50}", "{\"quality\": \"high\"}", "{\"quality\": 50,", "[]", "null",
            "{\"drivingRate\": 0}", "{\"headStrength\": \"NaN\"}"}) {
            HttpResponse<String> refused = running.send(running.request(session, "/settings").method("PATCH", BodyPublishers.ofString(wrong)));
            assertEquals(400, refused.statusCode(), wrong);
            assertEquals("bad-request", RunningServer.errorCode(refused), wrong);
        }
        assertEquals(1.5, running.status(session).at("/settings/headStrength").asDouble());
        assertEquals(204, running.send(running.request(session, "/neutral").POST(BodyPublishers.noBody())).statusCode());
    }

    @Test
    void aPortraitIsSwappedAndABrokenOneLeavesTheOld() throws Exception {
        Begun session = running.begin(Color.RED);
        assertEquals(200, running.send(running.request(session, "/portrait").header("Content-Type", "image/jpeg")
                .PUT(BodyPublishers.ofByteArray(RunningServer.jpeg(Color.GREEN)))).statusCode());
        HttpResponse<String> broken = running.send(running.request(session, "/portrait").header("Content-Type", "image/png")
                .PUT(BodyPublishers.ofString("no picture at all")));
        assertEquals(422, broken.statusCode());
        assertEquals("unreadable-picture", RunningServer.errorCode(broken));
        HttpResponse<String> unknown = running.send(running.request(session, "/portrait").header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"preset\": \"../../etc/passwd\"}")));
        assertEquals("no-such-preset", RunningServer.errorCode(unknown));
        assertEquals("waiting", running.status(session).get("state").asText());
    }

    @Test
    void deletingFreesAtOnce() throws Exception {
        Begun session = running.begin(Color.RED);
        assertEquals(204, running.send(running.request(session, "").DELETE()).statusCode());
        HttpResponse<String> gone = running.send(running.request(session, ""));
        assertEquals(404, gone.statusCode());
        assertEquals("no-such-session", RunningServer.errorCode(gone));
        RunningServer.await("everything is freed", () -> running.model.open() == 0 && running.server.sessions().held() == 0);
    }

    @Test
    void whoeverComesToAFullServerStandsInLine() throws Exception {
        Begun[] sessions = new Begun[4];
        for (int i = 0; i < sessions.length; i++) {
            sessions[i] = running.begin(Color.RED);
        }
        JsonNode first = refused(null);
        JsonNode second = refused(null);
        assertEquals(1, first.get("position").asInt());
        assertEquals(2, second.get("position").asInt());
        assertEquals(2, refused(second.get("ticket").asText()).get("position").asInt(), "asking again keeps the place");
        running.send(running.request(sessions[0], "").DELETE());
        RunningServer.await("a place is free", () -> running.server.sessions().held() == 3);
        assertEquals(2, refused(second.get("ticket").asText()).get("position").asInt(), "the place is the first one's");
        HttpResponse<String> admitted = ask(first.get("ticket").asText());
        assertEquals(201, admitted.statusCode(), admitted.body());
        assertEquals(1, refused(second.get("ticket").asText()).get("position").asInt());
    }

    private JsonNode refused(String ticket) throws Exception {
        HttpResponse<String> answer = ask(ticket);
        assertEquals(503, answer.statusCode(), answer.body());
        assertEquals("5", answer.headers().firstValue("Retry-After").orElse(""));
        assertEquals("full", RunningServer.errorCode(answer));
        return RunningServer.json(answer).get("error");
    }

    private HttpResponse<String> ask(String ticket) throws Exception {
        var request = running.request("/api/sessions").header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(RunningServer.jpeg(Color.RED)));
        return running.send(ticket == null ? request : request.header("X-Queue-Ticket", ticket));
    }

    @Test
    void aBrokenPortraitTakesNoPlace() throws Exception {
        for (int i = 0; i < 6; i++) {
            assertEquals(422, running.send(running.request("/api/sessions").header("Content-Type", "image/png")
                    .POST(BodyPublishers.ofString("nothing"))).statusCode());
        }
        assertEquals(0, running.server.sessions().held());
        running.begin(Color.RED);
    }

    @Test
    void whoSendsNothingIsLetGo() throws Exception {
        try (RunningServer impatient = RunningServer.start(new SessionLimits(4, 0, Duration.ofMillis(100), Duration.ZERO, 4))) {
            Begun session = impatient.begin(Color.RED);
            RunningServer.await("the session ends", () -> impatient.server.sessions().held() == 0);
            assertEquals(404, impatient.send(impatient.request(session, "")).statusCode());
            assertEquals(0, impatient.model.open());
            assertTrue(impatient.send(impatient.request("/metrics")).body().contains("personalive_sessions_ended_total{reason=\"idle\"} 1.0"));
        }
    }

    @Test
    void manySessionsLeaveNothingBehind() throws Exception {
        int threads = Thread.activeCount();
        for (int i = 0; i < 50; i++) {
            Begun session = running.begin(Color.RED);
            running.send(running.request(session, "").DELETE());
            RunningServer.await("a place is free", () -> running.server.sessions().held() < 4);
        }
        RunningServer.await("everything is freed", () -> running.model.open() == 0);
        RunningServer.await("no thread is left", () -> Thread.activeCount() < threads + 30);
        assertFalse(running.server.sessions().all().iterator().hasNext());
    }
}
