package io.personalive.server.session;

/** Why a session ended. */
public enum SessionEnd {
    DELETED("deleted", "The session was ended."),
    IDLE("idle", "No driving frame came for a while, so the session was ended."),
    FAILED("failed", "The session failed; the server's log says why. Begin a new one."),
    STOPPING("stopping", "The server is being stopped.");

    private final String code;
    private final String message;

    SessionEnd(String code, String message) {
        this.code = code;
        this.message = message;
    }

    /** For programs. */
    public String code() {
        return code;
    }

    /** For people. */
    public String message() {
        return message;
    }
}
