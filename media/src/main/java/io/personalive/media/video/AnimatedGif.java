package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.LoggerFactory;

/** A GIF that plays for ever. */
final class AnimatedGif implements VideoWriter {
    /** GIF counts in hundredths of a second. */
    private static final FrameRate HUNDREDTHS = new FrameRate(100, 1);
    /** Browsers show frames of less than two hundredths for ten. */
    private static final long SHORTEST = 2;
    /** In a hundredth of a second. */
    private static final double NANOSECONDS = 1e7;

    private final PendingFile pending;
    private final OutputContainer container;
    private final Encoder encoder;
    private final EncoderFrames encoderFrames;
    private final PaletteFilter palette;
    private final FrameRate rate;
    private long frames;
    /** When the frame that was encoded last begins, hundredths of a second. */
    private long shown;
    /** When the last frame begins and ends, likewise. */
    private double last;
    private double end;
    private boolean closed;

    AnimatedGif(Path target, int width, int height, FrameRate rate, AudioSource audio) {
        if (audio != null) {
            LoggerFactory.getLogger(AnimatedGif.class).warn("a GIF holds no sound: {} is left out", audio.file());
        }
        this.rate = rate;
        pending = PendingFile.beside(target);
        container = new OutputContainer(pending.temporary(), target, "gif");
        List<AutoCloseable> opened = new ArrayList<>(List.of(container));
        try {
            encoder = new Encoder(container, "gif", Map.of(), context -> {
                context.width(width);
                context.height(height);
                context.pix_fmt(AV_PIX_FMT_PAL8);
                context.time_base(avutil.av_make_q(HUNDREDTHS.denominator(), HUNDREDTHS.numerator()));
            });
            opened.add(encoder);
            encoderFrames = new EncoderFrames(width, height, width, height, AV_PIX_FMT_BGR24);
            opened.add(encoderFrames);
            palette = new PaletteFilter(width, height, HUNDREDTHS);
            opened.add(palette);
            container.start(Map.of("loop", "0"));
        } catch (RuntimeException e) {
            Ffmpeg.closeAll(opened);
            pending.discard();
            throw e;
        }
    }

    @Override
    public void write(BufferedImage frame, long nanoseconds) {
        if (closed) {
            throw new IllegalStateException("the video is closed");
        }
        double due = nanoseconds / NANOSECONDS;
        long next = frames == 0 ? 0 : Math.max(Math.round(due), shown + SHORTEST);
        // a frame that would come more than a hundredth late has no place between its neighbours
        if (next - due <= 1 + 1e-9) {
            encoder.encode(palette.of(encoderFrames.of(frame, next, SHORTEST)));
            shown = next;
        }
        frames++;
        end = due + Math.min(HUNDREDTHS.perSecond() / rate.perSecond(), frames == 1 ? Double.MAX_VALUE : due - last);
        last = due;
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
            throw new MediaException(pending.target() + " was not written: there were no frames");
        }
        try {
            encoder.encode(null);
            container.option("final_delay", Long.toString(Math.max(SHORTEST, Math.round(end) - shown)));
            container.finish();
        } catch (RuntimeException e) {
            abort();
            throw e;
        }
        release();
        XmpAppender.toGif(pending);
        pending.commit();
    }

    @Override
    public void abort() {
        if (!closed) {
            release();
            pending.discard();
        }
    }

    private void release() {
        closed = true;
        palette.close();
        encoderFrames.close();
        encoder.close();
        container.close();
    }
}
