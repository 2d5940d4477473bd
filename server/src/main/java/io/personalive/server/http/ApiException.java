package io.personalive.server.http;

import java.util.LinkedHashMap;
import java.util.Map;

/** A request that can't be done, as whoever sent it is told. */
public final class ApiException extends RuntimeException {
    private final int status;
    private final String code;
    private final Map<String, Object> details;

    /**
     * @param status  of HTTP
     * @param code    for programs, such as {@code no-such-session}
     * @param message for people: what is wrong, and what to do
     * @param details further fields of the answer
     */
    public ApiException(int status, String code, String message, Map<String, Object> details) {
        super(message);
        this.status = status;
        this.code = code;
        this.details = details;
    }

    public ApiException(int status, String code, String message) {
        this(status, code, message, Map.of());
    }

    public static ApiException badRequest(String message) {
        return new ApiException(400, "bad-request", message);
    }

    /** For programs. */
    public String code() {
        return code;
    }

    public int status() {
        return status;
    }

    /** @return the body of the answer */
    Map<String, Object> body() {
        return body(code, getMessage(), details);
    }

    static Map<String, Object> body(String code, String message, Map<String, Object> details) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        error.putAll(details);
        return Map.of("error", error);
    }
}
