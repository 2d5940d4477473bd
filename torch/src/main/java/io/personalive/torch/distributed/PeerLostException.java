package io.personalive.torch.distributed;

import java.io.IOException;

/** Another process of a training has ended, or can't be reached. */
public final class PeerLostException extends IOException {
    private static final long serialVersionUID = 1;

    public PeerLostException(String message, Throwable cause) {
        super(message, cause);
    }
}
