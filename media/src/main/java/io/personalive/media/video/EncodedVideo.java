package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AVCOL_PRI_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_RANGE_MPEG;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_SPC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AVCOL_TRC_BT709;
import static org.bytedeco.ffmpeg.global.avutil.AV_PIX_FMT_YUV420P;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An MP4 or WebM file, with sound if there is some. */
final class EncodedVideo implements VideoWriter {
    private static final Logger LOG = LoggerFactory.getLogger(EncodedVideo.class);
    /** Bits for a pixel of a frame: a talking head looks clean with a tenth; this leaves room for fast motion. */
    private static final double BITS_PER_PIXEL = 0.35;
    private static final double SECONDS_BETWEEN_KEYFRAMES = 2;
    /** Times of frames are counted in about so many parts of a second: frames at the constant rate in whole ones. */
    private static final int FINE_ENOUGH = 90_000;

    private final PendingFile pending;
    private final VideoFormat format;
    private final FrameRate rate;
    private final int ticksPerSecond;
    private final OutputContainer container;
    private final Encoder encoder;
    private final EncoderFrames encoderFrames;
    private AudioTrack audio;
    private long frames;
    /** Of the last frame, in ticks: when it begins and how long it lasts. */
    private long shown = -1;
    private long lasts;
    private boolean closed;

    EncodedVideo(Path target, VideoFormat format, int width, int height, FrameRate rate, AudioSource source) {
        this.format = format;
        this.rate = rate;
        ticksPerSecond = rate.numerator() * Math.max(1, FINE_ENOUGH / rate.numerator());
        pending = PendingFile.beside(target);
        int evenWidth = width + width % 2;
        int evenHeight = height + height % 2;
        container = new OutputContainer(pending.temporary(), target, format.muxer);
        List<AutoCloseable> opened = new ArrayList<>(List.of(container));
        try {
            encoder = new Encoder(container, format.encoder, format.encoderOptions, context -> configure(context, evenWidth, evenHeight));
            opened.add(encoder);
            encoderFrames = new EncoderFrames(width, height, evenWidth, evenHeight, AV_PIX_FMT_YUV420P);
            opened.add(encoderFrames);
            audio = source == null ? null : openAudio(source);
            if (audio != null) {
                opened.add(audio);
            }
            container.start(format.muxerOptions);
        } catch (RuntimeException e) {
            Ffmpeg.closeAll(opened);
            pending.discard();
            throw e;
        }
    }

    private void configure(AVCodecContext context, int width, int height) {
        context.width(width);
        context.height(height);
        context.pix_fmt(AV_PIX_FMT_YUV420P);
        context.time_base(avutil.av_make_q(1, ticksPerSecond));
        context.framerate(avutil.av_make_q(rate.numerator(), rate.denominator()));
        context.sample_aspect_ratio(avutil.av_make_q(1, 1));
        context.gop_size((int) Math.max(1, rate.frames(SECONDS_BETWEEN_KEYFRAMES)));
        context.color_range(AVCOL_RANGE_MPEG);
        context.colorspace(AVCOL_SPC_BT709);
        context.color_primaries(AVCOL_PRI_BT709);
        context.color_trc(AVCOL_TRC_BT709);
        if (format == VideoFormat.MP4) {
            context.bit_rate(Math.round(width * (double) height * rate.perSecond() * BITS_PER_PIXEL));
            context.qmin(10);
            context.qmax(26);
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
    public void write(BufferedImage frame, long nanoseconds) {
        if (closed) {
            throw new IllegalStateException("the video is closed");
        }
        // Two frames within a tick are shown in two, as a file needs rising times.
        long ticks = Math.max(shown + 1, Math.round(nanoseconds / 1e9 * ticksPerSecond));
        long nominal = Math.max(1, Math.round(ticksPerSecond / rate.perSecond()));
        lasts = shown < 0 ? nominal : Math.min(nominal, ticks - shown);
        shown = ticks;
        encoder.encode(encoderFrames.of(frame, ticks, lasts));
        frames++;
        // Sound keeps step with the pictures, so that the container never has to wait for either.
        runAudio(() -> audio.writeUntil(seconds()));
    }

    /** How long the video is by now. */
    private double seconds() {
        return (double) (shown + lasts) / ticksPerSecond;
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
            runAudio(() -> audio.finish(seconds()));
            container.finish();
        } catch (RuntimeException e) {
            abort();
            throw e;
        }
        release();
        if (format == VideoFormat.MP4) {
            XmpAppender.toMp4(pending);
        }
        pending.commit();
    }

    private void runAudio(Runnable step) {
        if (audio == null) {
            return;
        }
        try {
            step.run();
        } catch (MediaException e) {
            LOG.warn("the sound ends after {} s: {}", seconds(), e.getMessage());
            audio.close();
            audio = null;
        }
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
        if (audio != null) {
            audio.close();
        }
        encoderFrames.close();
        encoder.close();
        container.close();
    }
}
