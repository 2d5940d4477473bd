package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_I;
import static org.bytedeco.ffmpeg.global.avutil.AV_PICTURE_TYPE_NONE;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A container with encoded frames, and sound if there is some. */
final class EncodedVideo implements FrameEncoding {
    private static final Logger LOG = LoggerFactory.getLogger(EncodedVideo.class);
    private static final double SECONDS_BETWEEN_KEYFRAMES = 2;
    /** Ticks of a second at least: times are kept to a hundredth of a millisecond, and those of the rate exactly. */
    private static final int TICKS = 90_000;

    /** Small pictures need more bits for each pixel. */
    private static final long LEAST_BIT_RATE = 500_000;

    private final VideoFormat format;
    private final FrameRate rate;
    /** Ticks of a second. */
    private final int ticks;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final OutputContainer container;
    private final Encoder encoder;
    private final EncoderFrames encoderFrames;
    private AudioTrack audio;
    private long shown = -1;
    private long nextKeyframe;

    /** @param source null for no sound */
    EncodedVideo(Sink sink, VideoFormat format, int width, int height, FrameRate rate, AudioSource source) {
        this.format = format;
        this.rate = rate;
        this.ticks = rate.numerator() * Math.max(1, TICKS / rate.numerator());
        int evenWidth = width + width % 2;
        int evenHeight = height + height % 2;
        try {
            container = Ffmpeg.opened(new OutputContainer(sink, format.muxer), opened);
            encoder = Ffmpeg.opened(new Encoder(container, format.encoder, format.encoderOptions,
                    context -> configure(context, evenWidth, evenHeight)), opened);
            encoderFrames = Ffmpeg.opened(new EncoderFrames(width, height, evenWidth, evenHeight, AV_PIX_FMT_YUV420P), opened);
            audio = source == null ? null : openAudio(source);
            container.start(format.muxerOptions);
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    private void configure(AVCodecContext context, int width, int height) {
        context.width(width);
        context.height(height);
        context.pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base(avutil.av_make_q(1, ticks));
        context.framerate(avutil.av_make_q(rate.numerator(), rate.denominator()));
        context.sample_aspect_ratio(avutil.av_make_q(1, 1));
        context.gop_size((int) Math.max(1, rate.frames(SECONDS_BETWEEN_KEYFRAMES)));
        context.color_range(AVCOL_RANGE_MPEG);
        context.colorspace(AVCOL_SPC_BT709);
        context.color_primaries(AVCOL_PRI_BT709);
        context.color_trc(AVCOL_TRC_BT709);
        if (format.bitsPerPixel > 0) {
            context.bit_rate(Math.max(LEAST_BIT_RATE, Math.round(width * (double) height * rate.perSecond() * format.bitsPerPixel)));
            context.qmin(10);
            context.qmax(format.coarsest);
        }
    }

    private AudioTrack openAudio(AudioSource source) {
        try {
            return AudioTrack.open(source, container, format);
        } catch (MediaException e) {
            LOG.warn("the sound is left out: {}", e.getMessage());
            return null;
        }
    }

    @Override
    public void encode(BufferedImage picture, long nanoseconds, long end) {
        container.checkRoom();
        // Two frames within a tick are shown in two, as a file needs rising times.
        shown = Math.max(shown + 1, ticks(nanoseconds));
        AVFrame frame = encoderFrames.of(picture, shown, Math.max(1, ticks(end) - shown));
        // where frames come more slowly than the rate says, the encoder's own keyframes would be far apart
        boolean key = frame.pts() >= nextKeyframe;
        frame.pict_type(key ? AV_PICTURE_TYPE_I : AV_PICTURE_TYPE_NONE);
        if (key) {
            nextKeyframe = frame.pts() + Math.round(SECONDS_BETWEEN_KEYFRAMES * ticks);
        }
        encoder.encode(frame);
        // Sound keeps step with the pictures, so that the container never has to wait for either.
        runAudio(end * 1e-9, () -> audio.writeUntil(end * 1e-9));
    }

    private long ticks(long nanoseconds) {
        return Math.round(nanoseconds * 1e-9 * ticks);
    }

    @Override
    public void finish(long end) {
        encoder.encode(null);
        runAudio(end * 1e-9, () -> audio.finish(end * 1e-9));
        container.finish();
    }

    private void runAudio(double seconds, Runnable step) {
        if (audio == null) {
            return;
        }
        try {
            step.run();
        } catch (MediaException e) {
            LOG.warn("the sound ends after {} s: {}", seconds, e.getMessage());
            audio.close();
            audio = null;
        }
    }

    @Override
    public void close() {
        if (audio != null) {
            audio.close();
        }
        Ffmpeg.closeAll(opened);
    }
}
