package io.personalive.server.http;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.personalive.media.MediaException;
import io.personalive.server.session.FullException;
import io.personalive.server.session.NotOpenException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Every error is answered as JSON: {@code {"error": {"code": …, "message": …}}}. */
public final class Errors {
    private static final Logger LOG = LoggerFactory.getLogger(Errors.class);
    private static final Map<Integer, String> CODES = Map.of(400, "bad-request", 404, "not-found", 405, "method-not-allowed",
            408, "too-slow", 413, "too-large", 415, "unsupported-media-type", 431, "too-large");

    private Errors() {}

    public static void register(RoutesConfig routes) {
        routes.exception(ApiException.class, (error, context) -> answer(context, error));
        routes.exception(FullException.class, (full, context) -> answer(context, of(full)));
        routes.exception(NotOpenException.class, (closed, context) ->
                answer(context, new ApiException(503, "not-ready", closed.getMessage() + "; try again soon")));
        routes.exception(MediaException.class, (unreadable, context) ->
                answer(context, new ApiException(422, "unreadable-picture", unreadable.getMessage())));
        routes.exception(IllegalArgumentException.class, (wrong, context) ->
                answer(context, ApiException.badRequest(wrong.getMessage())));
        routes.exception(HttpResponseException.class, (error, context) ->
                answer(context, new ApiException(error.getStatus(), code(error.getStatus()), error.getMessage())));
        routes.exception(Exception.class, (failed, context) -> answer(context, of(failed, context), false));
    }

    private static ApiException of(FullException full) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("position", full.position());
        details.put("ticket", full.ticket());
        details.put("retryAfterSeconds", FullException.RETRY_SECONDS);
        return new ApiException(503, "full", full.getMessage(), details);
    }

    /** What the HTTP server itself found wrong with a request arrives as the cause of something else. */
    private static ApiException of(Exception failed, Context context) {
        for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException wrong && wrong.getCode() < 500) {
                return new ApiException(wrong.getCode(), code(wrong.getCode()), wrong.getReason());
            }
        }
        LOG.atError().addKeyValue("path", context.path()).setCause(failed).log("a request failed");
        return new ApiException(500, "internal", "unexpected internal error; the server's log says more");
    }

    static String code(int status) {
        return CODES.getOrDefault(status, status < 500 ? "refused" : "internal");
    }

    private static void answer(Context context, ApiException error) {
        answer(context, error, true);
    }

    /** @param understood whether the HTTP server made out the request: if not, it closes the connection whatever was read */
    private static void answer(Context context, ApiException error, boolean understood) {
        boolean read = UnreadBody.skipped(context);
        if (!read || !understood) {
            context.header("Connection", "close"); // who sent another request on it would lose that one
        }
        context.status(error.status());
        if (error.status() == 503) {
            context.header("Retry-After", Integer.toString(FullException.RETRY_SECONDS));
        } else if (error.status() == 401) {
            context.header("WWW-Authenticate", "Bearer");
        }
        Json.answer(context, error.body());
    }
}
