package io.personalive.server.http;

import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.personalive.server.session.FramedPortrait;
import io.personalive.server.session.Session;
import io.personalive.server.session.SessionEnd;
import io.personalive.server.session.SessionSettings;
import io.personalive.server.session.Sessions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Beginning, changing and ending sessions. */
public final class SessionRoutes {
    private static final SessionSettings.Change NO_CHANGE = new SessionSettings.Change(null, null, null, null, null, null);

    private final Sessions sessions;
    private final Access access;
    private final PortraitUpload portraits;
    private final List<Transport> transports;

    public SessionRoutes(Sessions sessions, Access access, Presets presets, List<Transport> transports) {
        this.sessions = sessions;
        this.access = access;
        this.portraits = new PortraitUpload(presets, sessions.crop());
        this.transports = transports;
    }

    /** What may be sent as JSON to begin a session. */
    record Beginning(String preset, SessionSettings.Change settings) {}

    public void register(JavalinDefaultRoutingApi routes) {
        routes.post("/api/sessions", this::begin);
        routes.get("/api/sessions/{id}", context -> Json.answer(context, access.session(context).status()));
        routes.delete("/api/sessions/{id}", context -> {
            access.session(context).end(SessionEnd.DELETED);
            context.status(204);
        });
        routes.put("/api/sessions/{id}/portrait", this::portrait);
        routes.patch("/api/sessions/{id}/settings", this::settings);
        routes.post("/api/sessions/{id}/neutral", context -> {
            access.session(context).neutral();
            context.status(204);
        });
    }

    private void begin(Context context) {
        access.requireToken(context);
        PortraitUpload.refuseTooLarge(context);
        Beginning asked = context.isJson() ? Json.read(context.body(), Beginning.class) : new Beginning(null, settingsPart(context));
        if (context.isJson() && asked.preset() == null) {
            throw ApiException.badRequest("'preset' is missing: name one, or send a picture as the file 'portrait' of a form");
        }
        FramedPortrait[] framed = new FramedPortrait[1];
        Session session = sessions.begin(() -> framed[0] = portraits.read(context, asked.preset()),
                asked.settings() == null ? NO_CHANGE : asked.settings(), context.header("X-Queue-Ticket"));
        context.status(201).header("Location", access.absolute(context, path(session)));
        Json.answer(context, answer(session));
    }

    private static SessionSettings.Change settingsPart(Context context) {
        String part = context.isMultipartFormData() ? context.formParam("settings") : null;
        return part == null ? null : Json.read(part, SessionSettings.Change.class);
    }

    private static String path(Session session) {
        return "/api/sessions/" + session.id();
    }

    private Map<String, Object> answer(Session session) {
        Map<String, String> urls = new LinkedHashMap<>();
        urls.put("session", path(session));
        for (String name : List.of("portrait", "settings", "neutral", "socket", "mjpeg")) {
            urls.put(name, path(session) + "/" + name);
        }
        List<String> names = new ArrayList<>();
        for (Transport transport : transports.stream().filter(Transport::isAvailable).toList()) {
            names.add(transport.name());
            transport.endpoints().forEach((name, below) -> urls.put(name, path(session) + "/" + below));
        }
        names.add("socket");
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("id", session.id());
        answer.put("token", session.token());
        answer.put("urls", urls);
        answer.put("transports", names);
        answer.put("status", session.status());
        return answer;
    }

    private void portrait(Context context) {
        Session session = access.session(context);
        PortraitUpload.refuseTooLarge(context);
        String preset = context.isJson() ? Json.read(context.body(), PortraitUpload.Chosen.class).preset() : null;
        session.portrait(portraits.read(context, preset));
        Json.answer(context, session.status());
    }

    private void settings(Context context) {
        Session session = access.session(context);
        session.change(Json.read(context.body(), SessionSettings.Change.class));
        Json.answer(context, session.settings());
    }
}
