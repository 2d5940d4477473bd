package io.personalive.cli.console;

/** Something that the person at the keyboard can put right. The message says what was wrong, where, and what to do. */
public class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UserError(String message) {
        super(message);
    }

    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
