package io.personalive.server;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.personalive.live.Crop;
import io.personalive.media.image.Bgr;
import io.personalive.media.picture.Jpeg;
import io.personalive.server.http.Listening;
import io.personalive.server.http.Transport;
import io.personalive.server.session.SessionLimits;
import io.personalive.server.session.SessionSettings;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A server with a drawn model at a free port, and what tests ask of it. */
final class RunningServer implements AutoCloseable {
    static final SessionLimits LIMITS =
            new SessionLimits(4, 0, Duration.ofSeconds(30), Duration.ofSeconds(5), 4);

    final DrawnModel model;
    final PersonaLiveServer server;
    final HttpClient client = HttpClient.newHttpClient();

    private RunningServer(DrawnModel model, ServerSettings settings, List<Transport> transports) throws IOException {
        this.model = model;
        server = PersonaLiveServer.start(settings, transports);
        server.open(model);
    }

    static RunningServer start() throws IOException {
        return start(LIMITS);
    }

    static RunningServer start(SessionLimits limits) throws IOException {
        return start(limits, List.of());
    }

    static RunningServer start(SessionLimits limits, List<Transport> transports) throws IOException {
        return new RunningServer(new DrawnModel(2), settings(limits), transports);
    }

    static ServerSettings settings(SessionLimits limits) {
        return new ServerSettings(Listening.locally(0), limits, Crop.NONE, SessionSettings.USUAL, false, null);
    }

    /** A session as it was answered. */
    record Begun(String id, String token, JsonNode answer) {}

    Begun begin(Color colour) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(request("/api/sessions").header("Content-Type", "image/jpeg")
                .POST(BodyPublishers.ofByteArray(jpeg(colour))));
        if (answer.statusCode() != 201) {
            throw new AssertionError(answer.statusCode() + " " + answer.body());
        }
        JsonNode json = json(answer);
        return new Begun(json.get("id").asText(), json.get("token").asText(), json);
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.address() + path)).timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder request(Begun session, String below) {
        return request("/api/sessions/" + session.id() + below).header("Authorization", "Bearer " + session.token());
    }

    HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    JsonNode status(Begun session) throws IOException, InterruptedException {
        return json(send(request(session, "")));
    }

    static JsonNode json(HttpResponse<String> answer) throws IOException {
        return new ObjectMapper().readTree(answer.body());
    }

    static String errorCode(HttpResponse<String> answer) throws IOException {
        return json(answer).path("error").path("code").asText();
    }

    static byte[] jpeg(Color colour) {
        return Jpeg.encode(picture(colour, -1), 90);
    }

    /** A driving frame with a bright stripe. @param place of the stripe, 0 (left) to 1; none if negative */
    static BufferedImage picture(Color colour, double place) {
        BufferedImage picture = Bgr.blank(160, 120);
        Graphics2D graphics = picture.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, 160, 120);
        if (place >= 0) {
            graphics.setColor(Color.WHITE);
            graphics.fillRect((int) (place * 152), 0, 8, 120);
        }
        graphics.dispose();
        return picture;
    }

    /** Waits for what comes soon; fails where it doesn't. */
    static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("didn't come about: " + what);
            }
            Thread.sleep(5);
        }
    }

    @Override
    public void close() {
        server.close();
    }
}
