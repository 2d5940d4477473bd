package io.personalive.cli.download;

import io.personalive.cli.console.UserError;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Repeats what fails for a passing reason, with growing pauses. */
final class Retries {
    private static final Logger log = LoggerFactory.getLogger(Retries.class);
    private static final long LOOK_UP_MILLIS = 100;

    /** One attempt. */
    interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    private final Patience patience;
    private final BooleanSupplier stopped;

    /** @param stopped whether the user wants to end */
    Retries(Patience patience, BooleanSupplier stopped) {
        this.patience = patience;
        this.stopped = stopped;
    }

    /**
     * @param what     is attempted, for messages
     * @param progress whether anything was gained since it was last asked: then counting begins anew
     * @throws UserError    when every attempt failed
     * @throws StoppedError when the user ended it
     */
    <T> T run(String what, BooleanSupplier progress, Attempt<T> attempt) throws IOException, InterruptedException {
        for (int failures = 1; ; failures++) {
            stopIfAsked();
            try {
                return attempt.run();
            } catch (FileSystemException disk) { // a full disk isn't cured by asking the server again
                throw disk;
            } catch (IOException failure) {
                stopIfAsked();
                if (progress.getAsBoolean()) {
                    failures = 1;
                }
                if (failures >= patience.attempts()) {
                    throw new UserError(what + " failed " + failures + " times in a row (" + reason(failure)
                            + "). Check the network and run the same command again: it goes on where it stopped. Behind"
                            + " a proxy set PERSONALIVE_JAVA_OPTS='-Dhttps.proxyHost=HOST -Dhttps.proxyPort=PORT'", failure);
                }
                Duration pause = failure instanceof TemporaryFailure temporary ? temporary.pause(patience, failures)
                        : patience.pause(failures);
                log.info("{}: {}; trying again in {} s", what, reason(failure), Math.max(1, pause.toSeconds()));
                sleep(pause);
            }
        }
    }

    private void sleep(Duration pause) throws InterruptedException {
        long end = System.nanoTime() + pause.toNanos();
        for (long left = pause.toMillis(); left > 0; left = (end - System.nanoTime()) / 1_000_000) {
            stopIfAsked();
            Thread.sleep(Math.min(left, LOOK_UP_MILLIS));
        }
    }

    /** @throws StoppedError if the user wants to end */
    void stopIfAsked() {
        if (stopped.getAsBoolean()) {
            throw new StoppedError();
        }
    }

    private static String reason(IOException failure) {
        if (failure instanceof ConnectException) { // Java gives it no message
            return "can't connect to the server";
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
