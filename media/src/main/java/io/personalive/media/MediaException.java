package io.personalive.media;

/** A picture or video that can't be read or written. The message is one line: which file, what is wrong, what to do. */
public class MediaException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public MediaException(String message) {
        super(message);
    }

    public MediaException(String message, Throwable cause) {
        super(message, cause);
    }
}
