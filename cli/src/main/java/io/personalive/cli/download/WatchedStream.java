package io.personalive.cli.download;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A stream that fails when no byte comes for too long: the client's own timeout ends with the headers. */
final class WatchedStream extends FilterInputStream {
    private static final ScheduledExecutorService WATCH = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "download-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final long silence;
    private final Future<?> watch;
    private volatile long lastByte = System.nanoTime();
    private volatile boolean silent;

    WatchedStream(InputStream in, Duration silence) {
        super(in);
        this.silence = silence.toNanos();
        this.watch = WATCH.scheduleWithFixedDelay(this::look, this.silence / 4, this.silence / 4, TimeUnit.NANOSECONDS);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        lastByte = System.nanoTime();
        int count;
        try {
            count = super.read(buffer, offset, length);
        } catch (IOException dropped) {
            throw new TemporaryFailure(silent ? silence() : "the connection was dropped", null);
        }
        if (silent) {
            throw new TemporaryFailure(silence(), null);
        }
        return count;
    }

    @Override
    public void close() throws IOException {
        watch.cancel(false);
        super.close();
    }

    private void look() {
        if (System.nanoTime() - lastByte > silence) {
            silent = true;
            watch.cancel(false);
            try {
                in.close(); // wakes the reader
            } catch (IOException alreadyClosed) {
                return;
            }
        }
    }

    private String silence() {
        return "no data came for " + Math.max(1, TimeUnit.NANOSECONDS.toSeconds(silence)) + " s";
    }
}
