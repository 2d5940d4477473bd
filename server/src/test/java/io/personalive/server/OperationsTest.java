package io.personalive.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.personalive.live.Crop;
import io.personalive.server.RunningServer.Begun;
import io.personalive.server.http.Listening;
import io.personalive.server.session.SessionSettings;
import io.personalive.server.webrtc.WebRtcTransport;
import java.awt.Color;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OperationsTest {
    @Test
    void itIsAliveAtOnceAndReadyOnceTheModelIsWarm() throws Exception {
        try (PersonaLiveServer server = PersonaLiveServer.start(RunningServer.settings(RunningServer.LIMITS), List.of())) {
            assertEquals(200, get(server, "/health/live"));
            assertEquals(503, get(server, "/health/ready"));
            server.open(new DrawnModel(1));
            assertEquals(200, get(server, "/health/ready"));
            server.drain();
            assertEquals(200, get(server, "/health/live"));
            assertEquals(503, get(server, "/health/ready"));
        }
    }

    private static int get(PersonaLiveServer server, String path) throws Exception {
        return HttpClient.newHttpClient().send(HttpRequest.newBuilder(URI.create(server.address() + path)).build(),
                BodyHandlers.ofString()).statusCode();
    }

    @Test
    void drainingWaitsForThoseWhoAreIn() throws Exception {
        try (RunningServer running = RunningServer.start()) {
            Begun session = running.begin(Color.RED);
            Thread draining = new Thread(running.server::drain);
            draining.start();
            RunningServer.await("nobody is let in", () -> !running.server.sessions().isOpen());
            assertEquals(503, running.send(running.request("/api/sessions").header("Content-Type", "image/jpeg")
                    .POST(BodyPublishers.ofByteArray(RunningServer.jpeg(Color.RED)))).statusCode());
            assertEquals(200, running.send(running.request(session, "")).statusCode());
            assertTrue(draining.isAlive());
            running.send(running.request(session, "").DELETE());
            draining.join(4000);
            assertFalse(draining.isAlive());
        }
    }

    @Test
    void metricsTellOfSessionsAndWork() throws Exception {
        try (RunningServer running = RunningServer.start()) {
            running.begin(Color.RED);
            String metrics = running.send(running.request("/metrics")).body();
            for (String name : List.of("personalive_sessions 1.0", "personalive_sessions_most 4.0", "personalive_ready 1.0",
                    "personalive_frame_latency_seconds_bucket", "personalive_frames_in_total", "personalive_frames_dropped_total",
                    "personalive_frames_out_total", "personalive_memory_resident_bytes", "jvm_memory_used_bytes",
                    "personalive_stage_seconds_count{stage=\"portrait\"} 1", "personalive_stage_seconds_sum{stage=\"animation\"}")) {
                assertTrue(metrics.contains(name), name + " is missing in\n" + metrics);
            }
        }
    }

    @Test
    void theDescriptionNamesExactlyTheRoutes() throws Exception {
        try (RunningServer running = RunningServer.start(RunningServer.LIMITS, List.of(new WebRtcTransport(List.of())))) {
            JsonNode paths = RunningServer.json(running.send(running.request("/openapi.json"))).get("paths");
            Set<String> described = new TreeSet<>();
            paths.fields().forEachRemaining(path -> path.getValue().fieldNames().forEachRemaining(method -> {
                if (!method.equals("parameters")) {
                    described.add(method.toUpperCase(java.util.Locale.ROOT) + " " + path.getKey());
                }
            }));
            assertEquals(new TreeSet<>(running.server.routes()), described);
        }
    }

    @Test
    void itSaysWhatItIs() throws Exception {
        try (RunningServer running = RunningServer.start()) {
            JsonNode server = RunningServer.json(running.send(running.request("/api/server")));
            assertEquals("drawn", server.get("model").asText());
            assertEquals(4, server.get("mostSessions").asInt());
            assertEquals("socket", server.at("/transports/0").asText());
            assertTrue(running.send(running.request("/api/mark")).body().contains("trainedAlgorithmicMedia"));
        }
    }

    @Test
    void thePageComesWithAPolicyThatLetsNothingElseIn() throws Exception {
        try (RunningServer running = RunningServer.start()) {
            var page = running.send(running.request("/"));
            assertEquals(200, page.statusCode());
            assertTrue(page.headers().firstValue("Content-Security-Policy").orElse("").startsWith("default-src 'self'"));
        }
    }

    @Test
    void presetsOfAFolderAreOffered(@TempDir Path folder) throws Exception {
        Files.write(folder.resolve("old-sailor.jpg"), RunningServer.jpeg(Color.GREEN));
        Files.writeString(folder.resolve("notes.txt"), "no picture");
        ServerSettings settings = new ServerSettings(Listening.locally(0), RunningServer.LIMITS, Crop.NONE, SessionSettings.USUAL, true, folder);
        try (PersonaLiveServer server = PersonaLiveServer.start(settings, List.of())) {
            server.open(new DrawnModel(1));
            HttpClient client = HttpClient.newHttpClient();
            String list = client.send(HttpRequest.newBuilder(URI.create(server.address() + "/api/presets")).build(), BodyHandlers.ofString()).body();
            assertTrue(list.contains("\"title\":\"old sailor\""), list);
            assertTrue(list.contains("painted.png"), "the program's own: " + list);
            assertEquals(200, get(server, "/api/presets/painted.png"));
            assertFalse(list.contains("notes"), list);
            assertEquals(200, get(server, "/api/presets/old-sailor.jpg"));
            assertEquals(404, get(server, "/api/presets/notes.txt"));
            assertEquals(201, client.send(HttpRequest.newBuilder(URI.create(server.address() + "/api/sessions"))
                    .header("Content-Type", "application/json").POST(BodyPublishers.ofString("{\"preset\": \"old-sailor.jpg\"}")).build(),
                    BodyHandlers.ofString()).statusCode());
        }
    }

    @Test
    void othersAreLetInOnlyWithTokenAndTls() {
        String token = "a-token-of-some-length";
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Listening("0.0.0.0", 0, null, null, false, null))
                .getMessage().contains("access token"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Listening("0.0.0.0", 0, token, null, false, null))
                .getMessage().contains("certificate"));
        assertThrows(IllegalArgumentException.class, () -> new Listening("0.0.0.0", 0, "short", null, true, null));
        assertThrows(IllegalArgumentException.class, () -> new Listening("no.such.host.invalid", 0, token, null, true, null));
        new Listening("0.0.0.0", 0, token, null, true, null);
        new Listening("127.0.0.1", 0, null, null, false, null);
    }
}
