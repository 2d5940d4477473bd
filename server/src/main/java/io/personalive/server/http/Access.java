package io.personalive.server.http;

import io.javalin.http.Context;
import io.personalive.server.session.Secret;
import io.personalive.server.session.Session;
import io.personalive.server.session.Sessions;
import java.util.Locale;
import java.util.Set;

/** Who may do what, and under which address. */
public final class Access {
    private static final Set<String> LOOPBACK_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Listening listening;
    private final Sessions sessions;
    private final boolean local;

    public Access(Listening listening, Sessions sessions) {
        this.listening = listening;
        this.sessions = sessions;
        this.local = listening.isLocal();
    }

    /**
     * Refuses what another site's page sends from somebody's browser, also one that has this machine's address given to a
     * name of its own.
     */
    public void refuseOtherSites(Context context) {
        String host = context.host();
        String origin = context.header("Origin");
        if (host == null || local && !isOwn(host)) {
            throw new ApiException(403, "wrong-host", "this server isn't reached under the name '" + host
                    + "': start it with --public-url if it should be");
        }
        if (origin != null && !isOf(origin, host)
                && (listening.publicUrl() == null || !isOf(origin, listening.publicUrl().getRawAuthority()))) {
            throw new ApiException(403, "other-site", "pages of other sites may not use this server");
        }
    }

    private boolean isOwn(String host) {
        String name = host.replaceFirst(":\\d+$", "").toLowerCase(Locale.ROOT);
        return LOOPBACK_NAMES.contains(name) || name.equalsIgnoreCase(listening.host())
                || listening.publicUrl() != null && name.equalsIgnoreCase(listening.publicUrl().getHost());
    }

    private static boolean isOf(String origin, String authority) {
        return origin.equalsIgnoreCase("http://" + authority) || origin.equalsIgnoreCase("https://" + authority);
    }

    /** Whether people must know a token to begin a session. */
    public boolean takesToken() {
        return listening.token() != null;
    }

    /** For what isn't a single session's. @throws ApiException if the token is wrong or missing */
    public void requireToken(Context context) {
        if (takesToken() && !Secret.matches(listening.token(), bearer(context))) {
            throw new ApiException(401, "unauthorized", "this server takes an access token: send it as 'Authorization: Bearer …'");
        }
    }

    /**
     * The session that a request's path names by {@code {id}}.
     *
     * @throws ApiException if there is none, or the request doesn't carry its token: as bearer, or as {@code token} in the
     *                      query where headers can't be set
     */
    public Session session(Context context) {
        Session session = sessions.find(context.pathParam("id")).orElseThrow(() ->
                new ApiException(404, "no-such-session", "there is no such session: it has ended, or never was"));
        String bearer = bearer(context);
        if (!Secret.matches(session.token(), bearer == null ? context.queryParam("token") : bearer)) {
            throw new ApiException(401, "unauthorized", "send the session's token as 'Authorization: Bearer …', or as ?token=…");
        }
        return session;
    }

    private static String bearer(Context context) {
        String header = context.header("Authorization");
        return header != null && header.regionMatches(true, 0, "Bearer ", 0, 7) ? header.substring(7).trim() : null;
    }

    /** A path of this server as whoever sent the request reaches it, with scheme and host. */
    public String absolute(Context context, String path) {
        String base = listening.publicUrl() != null ? listening.publicUrl().toString().replaceFirst("/+$", "")
                : context.scheme() + "://" + context.host();
        return base + path;
    }
}
