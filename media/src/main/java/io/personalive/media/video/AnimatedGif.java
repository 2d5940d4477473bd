package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.LoggerFactory;

/** A GIF that plays for ever. */
final class AnimatedGif implements VideoWriter {
    private final PendingFile pending;
    private final OutputContainer container;
    private final Encoder encoder;
    private final EncoderFrames encoderFrames;
    private final PaletteFilter palette;
    private long frames;
    private boolean closed;

    AnimatedGif(Path target, int width, int height, FrameRate rate, AudioSource audio) {
        if (audio != null) {
            LoggerFactory.getLogger(AnimatedGif.class).warn("a GIF holds no sound: {} is left out", audio.file());
        }
        pending = PendingFile.beside(target);
        container = new OutputContainer(pending.temporary(), target, "gif");
        try {
            encoder = new Encoder(container, "gif", Map.of(), context -> {
                context.width(width);
                context.height(height);
                context.pix_fmt(AV_PIX_FMT_PAL8);
                context.time_base(avutil.av_make_q(rate.denominator(), rate.numerator()));
                context.framerate(avutil.av_make_q(rate.numerator(), rate.denominator()));
            });
            encoderFrames = new EncoderFrames(width, height, width, height, AV_PIX_FMT_BGR24);
            palette = new PaletteFilter(width, height, rate);
            container.start(Map.of("loop", "0"));
        } catch (RuntimeException e) {
            container.close();
            pending.discard();
            throw e;
        }
    }

    @Override
    public void write(BufferedImage frame) {
        if (closed) {
            throw new IllegalStateException("the video is closed");
        }
        encoder.encode(palette.of(encoderFrames.of(frame, frames)));
        frames++;
    }

    @Override
    public long frames() {
        return frames;
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
