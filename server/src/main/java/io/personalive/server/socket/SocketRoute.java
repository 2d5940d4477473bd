package io.personalive.server.socket;

import io.javalin.router.JavalinDefaultRoutingApi;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import io.personalive.server.http.Access;
import io.personalive.server.session.Session;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** {@code /api/sessions/{id}/socket}: opens the connections, and tells each how its session goes once a second. */
public final class SocketRoute implements AutoCloseable {
    private static final String PATH = "/api/sessions/{id}/socket";
    private static final String SESSION = "session";
    private static final int MOST_FRAME_BYTES = 1_000_000, MOST_TEXT_BYTES = 16_384;
    /** While nothing else is said: a status goes out every second, so this closes only what has gone. */
    private static final Duration SILENCE = Duration.ofSeconds(30);

    private final Access access;
    private final Map<String, SocketConnection> connections = new ConcurrentHashMap<>();
    private final ScheduledExecutorService telling = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "socket-status");
        thread.setDaemon(true);
        return thread;
    });

    public SocketRoute(Access access) {
        this.access = access;
        telling.scheduleWithFixedDelay(() -> connections.values().forEach(SocketConnection::tellStatus), 1, 1, TimeUnit.SECONDS);
    }

    public void register(JavalinDefaultRoutingApi routes) {
        routes.wsBeforeUpgrade(PATH, context -> {
            access.refuseOtherSites(context);
            context.attribute(SESSION, access.session(context));
        });
        routes.ws(PATH, this::configure);
    }

    private void configure(WsConfig socket) {
        socket.onConnect(context -> {
            context.session.setMaxBinaryMessageSize(MOST_FRAME_BYTES);
            context.session.setMaxTextMessageSize(MOST_TEXT_BYTES);
            context.session.setIdleTimeout(SILENCE);
            Session session = context.attribute(SESSION);
            SocketConnection connection = new SocketConnection(session, context.session);
            connections.put(context.sessionId(), connection);
            connection.open();
        });
        socket.onBinaryMessage(message -> of(message).binary(message.data()));
        socket.onMessage(message -> of(message).text(message.message()));
        socket.onClose(context -> {
            SocketConnection connection = connections.remove(context.sessionId());
            if (connection != null) {
                connection.closed();
            }
        });
    }

    private SocketConnection of(WsContext context) {
        return connections.get(context.sessionId());
    }

    @Override
    public void close() {
        telling.shutdownNow();
    }
}
