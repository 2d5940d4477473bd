package io.personalive.server.http;

import io.javalin.router.JavalinDefaultRoutingApi;
import java.util.Map;

/**
 * A way to carry pictures between people and a session that a machine may lack, such as WebRTC. The WebSocket and MJPEG are
 * always there.
 */
public interface Transport extends AutoCloseable {
    /** What the page knows it by, such as {@code webrtc}. */
    String name();

    /** Whether it works on this machine; its routes say so where it doesn't. */
    boolean isAvailable();

    /** Its addresses below that of a session, by name: such as {@code whip -> whip} for {@code /api/sessions/ID/whip}. */
    Map<String, String> endpoints();

    /**
     * Adds its routes, all below {@code /api/sessions/{id}/}.
     *
     * @param access finds the session that a request is for, and checks that it may be used
     */
    void register(JavalinDefaultRoutingApi routes, Access access);

    /** Ends what is left of its connections; all sessions have ended by then. */
    @Override
    void close();
}
