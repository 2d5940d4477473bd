package io.personalive.server.webrtc;

import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceServer;
import io.javalin.http.Context;
import io.javalin.router.JavalinDefaultRoutingApi;
import io.personalive.server.http.Access;
import io.personalive.server.http.ApiException;
import io.personalive.server.http.Transport;
import io.personalive.server.session.Session;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pictures over WebRTC. What is posted to {@code whip} drives a session, what is posted to {@code whep} watches it; both
 * are offers, answered with all addresses of this machine. Where the native library can't be loaded, the same addresses
 * say so.
 */
public final class WebRtcTransport implements Transport {
    private static final Logger LOG = LoggerFactory.getLogger(WebRtcTransport.class);
    private static final String SDP = "application/sdp", FRAGMENT = "application/trickle-ice-sdpfrag";
    private static final String BELOW = "/api/sessions/{id}/";

    private final WebRtc webRtc;
    private final Exchanges exchanges;
    private final String missing;

    /**
     * Loads the library.
     *
     * @param iceServers STUN servers, HOST:PORT, which tell this machine its address seen from outside;
     *                   none where people reach it directly
     */
    public WebRtcTransport(List<String> iceServers) {
        WebRtc loaded = null;
        String reason = null;
        try {
            loaded = new WebRtc();
        } catch (LinkageError | RuntimeException failed) {
            Throwable cause = failed;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            reason = "WebRTC can't be used on this machine: " + cause.getMessage();
            LOG.atWarn().addKeyValue("reason", cause.getMessage()).log("no WebRTC: pages use the WebSocket instead");
        }
        webRtc = loaded;
        missing = reason;
        exchanges = loaded == null ? null : new Exchanges(loaded, configuration(iceServers));
    }

    private static RTCConfiguration configuration(List<String> iceServers) {
        RTCConfiguration configuration = new RTCConfiguration();
        if (!iceServers.isEmpty()) {
            RTCIceServer stun = new RTCIceServer();
            iceServers.forEach(server -> stun.urls.add("stun:" + server));
            configuration.iceServers.add(stun);
        }
        return configuration;
    }

    @Override
    public String name() {
        return "webrtc";
    }

    @Override
    public boolean isAvailable() {
        return webRtc != null;
    }

    @Override
    public Map<String, String> endpoints() {
        return Map.of("whip", "whip", "whep", "whep");
    }

    @Override
    public void register(JavalinDefaultRoutingApi routes, Access access) {
        for (String way : List.of("whip", "whep")) {
            routes.options(BELOW + way, context -> context.header("Accept-Post", SDP).status(204));
            routes.post(BELOW + way, context -> begin(context, access, way));
            routes.patch(BELOW + way + "/{exchange}", context -> trickle(context, exchange(context, access)));
            routes.delete(BELOW + way + "/{exchange}", context -> {
                exchange(context, access).connection().close();
                context.status(200);
            });
        }
    }

    private void requireLibrary() {
        if (webRtc == null) {
            throw new ApiException(501, "no-webrtc", missing + ". Use the session's socket or mjpeg instead");
        }
    }

    private void begin(Context context, Access access, String way) throws InterruptedException {
        Session session = access.session(context);
        requireLibrary();
        context.header("Accept-Post", SDP);
        requireType(context, SDP);
        String offer = context.body();
        if (!offer.startsWith("v=0") || !offer.contains("m=video")) {
            throw new ApiException(400, "unusable-offer", "an SDP offer with video is expected");
        }
        Exchanges.Answered answered = way.equals("whip") ? exchanges.drive(session, offer) : exchanges.watch(session, offer);
        context.status(201).header("Location", access.absolute(context, context.path() + "/" + answered.exchange().id()))
                .header("ETag", answered.exchange().etag()).header("Accept-Patch", FRAGMENT).contentType(SDP).result(answered.sdp());
    }

    private static void requireType(Context context, String type) {
        String said = context.contentType();
        if (said == null || !said.split(";")[0].trim().equalsIgnoreCase(type)) {
            throw new ApiException(415, "unsupported-media-type", "the body's type is " + said + ", expected " + type);
        }
    }

    private Exchange exchange(Context context, Access access) {
        Session session = access.session(context);
        requireLibrary();
        return exchanges.find(context.pathParam("exchange")).filter(exchange -> exchange.session() == session).orElseThrow(() ->
                new ApiException(404, "no-such-connection", "there is no such connection: it has ended, or never was"));
    }

    private static void trickle(Context context, Exchange exchange) {
        requireType(context, FRAGMENT);
        String match = context.header("If-Match");
        if (match == null) {
            throw new ApiException(428, "no-etag", "send the answer's ETag as If-Match");
        }
        SdpFragment fragment = SdpFragment.parse(context.body());
        boolean restarts = fragment.usernameFragment() != null && !fragment.usernameFragment().equals(exchange.peerFragment());
        if (match.equals("*") || restarts) {
            throw new ApiException(422, "no-restart", "the addresses of a connection can be added to, but not agreed on anew: "
                    + "post a new offer instead");
        }
        if (!match.equals(exchange.etag())) {
            throw new ApiException(412, "other-etag", "the ETag is not that of this connection");
        }
        exchange.connection().trickled(fragment.candidates());
        context.status(204);
    }

    @Override
    public void close() {
        if (webRtc != null) {
            exchanges.close();
            webRtc.close();
        }
    }
}
