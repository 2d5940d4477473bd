package io.personalive.server.webrtc;

/** An offer, or a part of one, that the library does not take. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RefusedException(String reason) {
        super(reason);
    }
}
