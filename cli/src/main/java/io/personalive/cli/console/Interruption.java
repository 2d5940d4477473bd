package io.personalive.cli.console;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C as a polite request. A verb that writes a file opens one of these, polls {@link #requested} in its loop,
 * and when that turns true stops, finishes its file and closes this; the process ends then, and not before.
 * A second Ctrl-C ends the process at once.
 *
 * <pre>{@code
 * try (Interruption interruption = Interruption.waitingAtMost(Duration.ofSeconds(30)); VideoWriter out = …) {
 *     while (more && !interruption.requested()) { … }
 * }
 * }</pre>
 */
public final class Interruption implements AutoCloseable {
    /** Exit code of a program that Ctrl-C ended. */
    public static final int EXIT_CODE = 130;

    private final CountDownLatch finished = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    private Interruption(Duration patience, String notice) {
        hook = new Thread(() -> awaitFinish(patience, notice), "interruption");
    }

    /** @param patience how long the process waits at most for {@link #close} once its end was asked for */
    public static Interruption waitingAtMost(Duration patience) {
        return waitingAtMost(patience, "");
    }

    /** @param notice what the user is told at once when the request comes; nothing if empty */
    public static Interruption waitingAtMost(Duration patience, String notice) {
        Interruption interruption = new Interruption(patience, notice);
        Runtime.getRuntime().addShutdownHook(interruption.hook);
        return interruption;
    }

    /** True once the user pressed Ctrl-C or the system asked the process to end. */
    public boolean requested() {
        return requested;
    }

    /** Says that all is written: the process may end. What the user is to be told must be told before. */
    @Override
    public void close() {
        finished.countDown();
        if (!requested) {
            try {
                Runtime.getRuntime().removeShutdownHook(hook);
            } catch (IllegalStateException endingAlready) {
                requested = true;
            }
        }
    }

    private void awaitFinish(Duration patience, String notice) {
        requested = true;
        SecondInterrupt.endsTheProcess(EXIT_CODE);
        if (!notice.isEmpty()) {
            System.err.println("\npersonalive: " + notice);
        }
        try {
            if (!finished.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                System.err.println("personalive: stopped without finishing, after waiting " + patience.toSeconds() + " s");
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
        }
    }
}
