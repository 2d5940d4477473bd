package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import java.awt.image.BufferedImage;
import java.util.function.Consumer;
import java.util.function.Function;

/** The life of a video being written, whatever its kind: frames in the order of their times, then it is kept or thrown away. */
final class WrittenVideo implements VideoWriter {
    private final String target;
    private final FrameRate rate;
    private final FrameEncoding encoding;
    private final Runnable keep;
    private final Runnable discard;
    private long frames;
    private long last = -1;
    private long end;
    private boolean closed;

    private WrittenVideo(String target, FrameRate rate, FrameEncoding encoding, Runnable keep, Runnable discard) {
        this.target = target;
        this.rate = rate;
        this.encoding = encoding;
        this.keep = keep;
        this.discard = discard;
    }

    /**
     * One that takes its name when it is complete.
     *
     * @param mark puts the AI mark into the finished file
     */
    static VideoWriter file(PendingFile pending, FrameRate rate, Function<PendingFile, FrameEncoding> opening, Consumer<PendingFile> mark) {
        try {
            return new WrittenVideo(pending.target().toString(), rate, opening.apply(pending), () -> {
                mark.accept(pending);
                pending.commit();
            }, pending::discard);
        } catch (RuntimeException | Error failed) {
            pending.discard();
            throw failed;
        }
    }

    /** One that is gone when it is written. @param target its name in messages */
    static VideoWriter sent(String target, FrameRate rate, FrameEncoding encoding) {
        return new WrittenVideo(target, rate, encoding, () -> { }, () -> { });
    }

    @Override
    public void write(BufferedImage frame, long nanoseconds) {
        if (closed) {
            throw new IllegalStateException("the video is closed");
        }
        // clocks of cameras stand still at times, and step back
        long at = Math.max(nanoseconds, last + 1);
        long nominal = Math.round(rate.seconds(1) * 1e9);
        end = at + (frames == 0 ? nominal : Math.min(nominal, at - last));
        encoding.encode(frame, at, end);
        last = at;
        frames++;
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public FrameRate frameRate() {
        return rate;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (frames == 0) {
            abort();
            throw new MediaException(target + " was not written: there were no frames");
        }
        closed = true;
        try (encoding) {
            encoding.finish(end);
        } catch (RuntimeException | Error failed) {
            discard.run();
            throw failed;
        }
        try {
            keep.run();
        } catch (RuntimeException | Error failed) {
            discard.run();
            throw failed;
        }
    }

    @Override
    public void abort() {
        if (!closed) {
            closed = true;
            encoding.close();
            discard.run();
        }
    }
}
