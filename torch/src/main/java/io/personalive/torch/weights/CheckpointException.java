package io.personalive.torch.weights;

/** A checkpoint that can't be used. The message says which file, what is wrong with it and what to do. */
public class CheckpointException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CheckpointException(String message) {
        super(message);
    }

    public CheckpointException(String message, Throwable cause) {
        super(message, cause);
    }
}
