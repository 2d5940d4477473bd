package io.personalive.media.video;

import io.personalive.media.MediaException;
import java.awt.image.BufferedImage;
import java.util.function.LongFunction;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Frames sent to a peer that may go away and come back: it is tried again, at growing intervals, as frames come. */
final class LiveStream implements VideoWriter {
    private static final Logger LOG = LoggerFactory.getLogger(LiveStream.class);
    /** Between two attempts, nanoseconds. */
    private static final long SHORTEST_WAIT = 1_000_000_000L;
    private static final long LONGEST_WAIT = 30_000_000_000L;

    private final String name;
    private final FrameRate rate;
    private final LongFunction<VideoWriter> connect;
    private final LongSupplier clock;
    private final long opened;
    private VideoWriter connection;
    /** The time of the connection's zero. */
    private long begin;
    private long sent;
    private long left;
    private long wait = SHORTEST_WAIT;
    private long retryAt;
    private boolean closed;

    /**
     * Connects.
     *
     * @param connect opens a connection whose zero is the given time of this stream
     * @param clock   nanoseconds, as {@link System#nanoTime}
     * @throws MediaException if that fails at once
     */
    LiveStream(String name, FrameRate rate, LongFunction<VideoWriter> connect, LongSupplier clock) {
        this.name = name;
        this.rate = rate;
        this.connect = connect;
        this.clock = clock;
        this.connection = connect.apply(0);
        this.opened = clock.getAsLong();
    }

    /** Such a frame is shown when it is written. */
    @Override
    public void write(BufferedImage frame) {
        write(frame, clock.getAsLong() - opened);
    }

    @Override
    public void write(BufferedImage frame, long nanoseconds) {
        if (closed) {
            throw new IllegalStateException("the stream is closed");
        }
        if (connection == null && !reconnected(nanoseconds)) {
            left++;
            return;
        }
        try {
            connection.write(frame, nanoseconds - begin);
            sent++;
            wait = SHORTEST_WAIT;
        } catch (MediaException gone) {
            LOG.warn("{}; it will be tried again", gone.getMessage());
            connection.abort();
            connection = null;
            left++;
            retryAt = clock.getAsLong() + wait;
        }
    }

    private boolean reconnected(long nanoseconds) {
        if (clock.getAsLong() - retryAt < 0) {
            return false;
        }
        try {
            connection = connect.apply(nanoseconds);
            begin = nanoseconds;
            LOG.info("{} is connected again; {} frames were left out meanwhile", name, left);
            left = 0;
            return true;
        } catch (MediaException stillGone) {
            wait = Math.min(2 * wait, LONGEST_WAIT);
            retryAt = clock.getAsLong() + wait;
            LOG.debug("{}", stillGone.getMessage());
            return false;
        }
    }

    @Override
    public long frames() {
        return sent;
    }

    @Override
    public FrameRate frameRate() {
        return rate;
    }

    @Override
    public void close() {
        if (closed || connection == null || connection.frames() == 0) {
            abort();
            return;
        }
        closed = true;
        connection.close();
    }

    @Override
    public void abort() {
        if (!closed && connection != null) {
            connection.abort();
        }
        closed = true;
    }
}
