package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_BGR24;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_PAL8;

import io.personalive.media.ffmpeg.Ffmpeg;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avutil;

/** A GIF that plays for ever. */
final class AnimatedGif implements FrameEncoding {
    /** GIF counts in hundredths of a second. */
    private static final FrameRate HUNDREDTHS = new FrameRate(100, 1);
    private static final double NANOSECONDS = 1e7;
    /** Browsers show frames of less than two hundredths for ten. */
    private static final long SHORTEST = 2;

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final OutputContainer container;
    private final Encoder encoder;
    private final EncoderFrames encoderFrames;
    private final PaletteFilter palette;
    /** When the frame that was encoded last begins, hundredths of a second. */
    private long shown = -SHORTEST;

    AnimatedGif(Sink sink, int width, int height) {
        try {
            container = Ffmpeg.opened(new OutputContainer(sink, "gif"), opened);
            encoder = Ffmpeg.opened(new Encoder(container, "gif", Map.of(), context -> {
                context.width(width);
                context.height(height);
                context.pix_fmt(AV_PIX_FMT_PAL8);
                context.time_base(avutil.av_make_q(HUNDREDTHS.denominator(), HUNDREDTHS.numerator()));
            }), opened);
            encoderFrames = Ffmpeg.opened(new EncoderFrames(width, height, width, height, AV_PIX_FMT_BGR24), opened);
            palette = Ffmpeg.opened(new PaletteFilter(width, height, HUNDREDTHS), opened);
            container.start(Map.of("loop", "0"));
        } catch (RuntimeException | Error failed) {
            Ffmpeg.closeAll(opened);
            throw failed;
        }
    }

    @Override
    public void encode(BufferedImage frame, long nanoseconds, long end) {
        container.checkRoom();
        double due = nanoseconds / NANOSECONDS;
        long next = Math.max(Math.round(due), shown + SHORTEST);
        // a frame that would come more than a hundredth late has no place between its neighbours
        if (next - due <= 1 + 1e-6) {
            encoder.encode(palette.of(encoderFrames.of(frame, next, SHORTEST)));
            shown = next;
        }
    }

    @Override
    public void finish(long end) {
        encoder.encode(null);
        container.option("final_delay", Long.toString(Math.max(SHORTEST, Math.round(end / NANOSECONDS) - shown)));
        container.finish();
    }

    @Override
    public void close() {
        Ffmpeg.closeAll(opened);
    }
}
