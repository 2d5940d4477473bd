package io.personalive.server.http;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.personalive.media.AiMark;
import io.personalive.server.metrics.ServerMetrics;
import io.personalive.server.session.LiveModel;
import io.personalive.server.session.Sessions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What isn't about one session: what the server is, whether it is well, and what it offers. */
public final class OperationRoutes {
    private final Sessions sessions;
    private final Access access;
    private final Presets presets;
    private final ServerMetrics metrics;
    private final List<Transport> transports;

    public OperationRoutes(Sessions sessions, Access access, Presets presets, ServerMetrics metrics, List<Transport> transports) {
        this.sessions = sessions;
        this.access = access;
        this.presets = presets;
        this.metrics = metrics;
        this.transports = transports;
    }

    public void register(JavalinDefaultRoutingApi routes) {
        routes.get("/health/live", context -> Json.answer(context, Map.of("status", "live")));
        routes.get("/health/ready", this::ready);
        routes.get("/metrics", context -> {
            access.requireToken(context);
            context.contentType("text/plain; version=0.0.4; charset=utf-8").result(metrics.scrape());
        });
        routes.get("/openapi.json", context -> context.contentType("application/json").result(openApi()));
        routes.get("/api/server", context -> Json.answer(context, server()));
        routes.get("/api/mark", context -> context.contentType("application/rdf+xml")
                .result(new String(AiMark.xmp(), StandardCharsets.UTF_8)));
        routes.get("/api/presets", context -> Json.answer(context, Map.of("presets", presets.list())));
        routes.get("/api/presets/{name}", this::preset);
    }

    private void ready(Context context) {
        if (!sessions.isOpen()) {
            throw new ApiException(503, "not-ready", "the model is being loaded, or the server is being stopped");
        }
        Json.answer(context, Map.of("status", "ready"));
    }

    private Map<String, Object> server() {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("ready", sessions.isOpen());
        server.put("takesToken", access.takesToken());
        server.put("model", sessions.model().map(LiveModel::name).orElse(null));
        server.put("device", sessions.model().map(LiveModel::device).orElse(null));
        server.put("frameSize", sessions.model().map(LiveModel::frameSize).orElse(null));
        server.put("sessions", sessions.held());
        server.put("mostSessions", sessions.most());
        List<String> names = new ArrayList<>(transports.stream().filter(Transport::isAvailable).map(Transport::name).toList());
        names.add("socket");
        server.put("transports", names);
        return server;
    }

    private void preset(Context context) throws IOException {
        Presets.Preset preset = presets.find(context.pathParam("name")).orElseThrow(() ->
                new ApiException(404, "no-such-preset", "there is no such preset: GET /api/presets lists them"));
        context.contentType(preset.type()).header("Cache-Control", "max-age=3600").result(presets.file(preset));
    }

    private static String openApi() throws IOException {
        try (InputStream file = OperationRoutes.class.getResourceAsStream("/io/personalive/server/openapi.json")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
