package io.personalive.cli.download;

import io.personalive.cli.console.UserError;


/** The user ended a download. */
final class StoppedError extends UserError {
    private static final long serialVersionUID = 1L;

    StoppedError() {
        super("stopped: run the same command again to go on from here");
    }
}
