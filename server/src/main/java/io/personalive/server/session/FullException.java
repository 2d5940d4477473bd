package io.personalive.server.session;

/** No session can begin at present. */
public final class FullException extends RuntimeException {
    /** After so many seconds it is worth asking again. */
    public static final int RETRY_SECONDS = 5;

    private final String ticket;
    private final int position;

    FullException(String message, String ticket, int position) {
        super(message);
        this.ticket = ticket;
        this.position = position;
    }

    /** Keeps the place in the line when asking again; null where there is none. */
    public String ticket() {
        return ticket;
    }

    /** Place in the line, from 1; 0 where there is none. */
    public int position() {
        return position;
    }
}
