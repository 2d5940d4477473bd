package io.personalive.server.session;

/** The server lets nobody in: it isn't ready yet, or not any more. */
public final class NotOpenException extends RuntimeException {
    NotOpenException(String message) {
        super(message);
    }
}
