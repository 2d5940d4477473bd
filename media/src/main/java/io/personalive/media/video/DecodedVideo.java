package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_WEBP;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_DATA_ENCRYPTION_INFO;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import io.personalive.media.ffmpeg.FramePictures;
import io.personalive.media.ffmpeg.InputContainer;
import io.personalive.natives.NativeLibraries;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avcodec.AVPacketSideData;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The frames of a video file, decoded by FFmpeg and brought to a constant rate. */
final class DecodedVideo implements VideoReader {
    static {
        NativeLibraries.ready();
    }

    private static final Logger LOG = LoggerFactory.getLogger(DecodedVideo.class);
    /** A frame that begins no later than this after the start is the one shown there: times are rounded to milliseconds, seconds. */
    static final double EARLY = 0.75e-3;
    /** Keyframes are rarely further apart, seconds. */
    private static final double FIRST_STEP_BACK = 3;

    private final InputContainer container;
    private final AVStream stream;
    private final double tick;
    private final FrameRate rate;
    /** The start on the file's clock, seconds. */
    private final double startsAt;
    /** Where the packets lie that belong to the start, bytes; -1 where the clock leads there. */
    private final long startsIn;
    private final long estimatedFrames;
    /** When the last frame ends by what the file says, seconds from the start; 0 if it doesn't say. */
    private final double statedEnd;
    private final PacketScan scan;
    private final AVCodecContext decoder;
    private final FramePictures pictures;
    private final ConstantRate constantRate;
    private final AVPacket packet;
    private AVFrame held;
    private AVFrame arriving;
    private long due;
    private long given;
    private boolean drained;
    private boolean warned;
    private boolean endedEarly;
    private boolean closed;
    private boolean holds;
    private double heldSeconds;
    private double clockShift;
    private long lastNanoseconds;
    /** Frames without a time of their own follow the one before. */
    private double nextTime;

    DecodedVideo(Path file, double startSeconds, Color background) {
        container = new InputContainer(file); // before all that would have to be freed if there is none
        packet = avcodec.av_packet_alloc();
        held = avutil.av_frame_alloc();
        arriving = avutil.av_frame_alloc();
        AVCodecContext opened = null;
        try {
            stream = container.video();
            if (stream == null || stream.codecpar().width() <= 0) {
                throw new MediaException(file + whyNoVideo());
            }
            StreamTiming timing = new StreamTiming(container, stream);
            tick = timing.tick;
            rate = timing.rate;
            scan = PacketScan.of(container, stream, timing, startSeconds);
            startsAt = timing.origin + startSeconds - (scan == null ? 0 : scan.shift());
            startsIn = scan == null ? -1 : scan.keyframe();
            double duration = scan == null ? timing.duration() : scan.duration();
            if (duration > 0 && startSeconds >= duration) {
                throw new MediaException("the start, " + startSeconds + " s, lies behind the end of " + file + " (" + seconds(duration) + " s)");
            }
            estimatedFrames = scan != null ? scan.frames() : duration > 0 ? Math.max(1, rate.frames(duration - startSeconds)) : -1;
            statedEnd = timing.ownDuration() - startSeconds;
            nextTime = -startSeconds;
            opened = container.decoder(stream);
            decoder = opened;
            pictures = new FramePictures(stream, background);
            constantRate = new ConstantRate(rate);
            if (startsIn >= 0) {
                container.seekByte(startsIn);
            } else if (startSeconds > 0) {
                seek(startSeconds);
            }
        } catch (RuntimeException e) {
            if (opened != null) {
                avcodec.avcodec_free_context(opened);
            }
            avcodec.av_packet_free(packet);
            avutil.av_frame_free(held);
            avutil.av_frame_free(arriving);
            container.close();
            throw e;
        }
    }

    private String whyNoVideo() {
        if (container.audio() != null) {
            return " holds sound but no video";
        }
        boolean isWebp = stream != null && stream.codecpar().codec_id() == AV_CODEC_ID_WEBP;
        return isWebp ? " is an animated WebP, which can't drive: convert it to GIF, WebM or MP4 first" : " is not a video, or it is cut off or damaged";
    }

    @Override
    public int width() {
        return pictures.width();
    }

    @Override
    public int height() {
        return pictures.height();
    }

    @Override
    public FrameRate frameRate() {
        return rate;
    }

    @Override
    public long estimatedFrames() {
        return estimatedFrames;
    }

    @Override
    public Optional<AudioSource> audio() {
        return container.audio() == null ? Optional.empty() : Optional.of(new AudioSource(container.file, startsAt, startsIn));
    }

    @Override
    public BufferedImage next() {
        if (closed) {
            throw new IllegalStateException("the video is closed");
        }
        while (due == 0 && !drained) {
            if (decode()) {
                arrive();
            } else {
                drained = true;
                due = constantRate.finish();
                warnIfShort();
            }
        }
        if (due == 0) {
            return null;
        }
        due--;
        given++;
        BufferedImage picture = pictures.picture(held);
        if (due == 0 && !drained) {
            swap();
        }
        return picture;
    }

    @Override
    public TimedPicture nextTimed() {
        if (closed) {
            throw new IllegalStateException("the video is closed");
        }
        while (!drained) {
            if (!decode()) {
                drained = true;
                warnIfShort();
                break;
            }
            double seconds = seconds();
            if (holds && given == 0 && seconds <= EARLY && seconds >= heldSeconds) {
                swap(); // what was held is over before the start; an earlier one belongs to another recording
                heldSeconds = seconds;
            } else if (!holds) {
                swap();
                heldSeconds = seconds;
                holds = true;
            } else {
                TimedPicture picture = timed();
                swap();
                heldSeconds = seconds;
                return picture;
            }
        }
        if (!holds) {
            return null;
        }
        holds = false;
        return timed();
    }

    private TimedPicture timed() {
        long nanoseconds = Math.round((heldSeconds + clockShift) * 1e9);
        if (given == 0) {
            nanoseconds = Math.max(0, nanoseconds);
        } else if (nanoseconds <= lastNanoseconds) {
            // A clock that steps back, as in joined recordings, goes on from where it was.
            nanoseconds = lastNanoseconds + Math.round(rate.seconds(1) * 1e9);
            clockShift = nanoseconds / 1e9 - heldSeconds;
        }
        given++;
        lastNanoseconds = nanoseconds;
        return new TimedPicture(pictures.picture(held), nanoseconds);
    }

    /** When the frame that arrived is shown, seconds from the start. */
    private double seconds() {
        long pts = arriving.best_effort_timestamp();
        double seconds = pts == AV_NOPTS_VALUE ? nextTime : pts * tick - startsAt;
        double duration = arriving.duration() * tick;
        nextTime = seconds + (duration > 0 ? duration : rate.seconds(1));
        return seconds;
    }

    // The newcomer stays in `arriving` until the held frame was given out as often as it is due.
    private void arrive() {
        double seconds = seconds();
        double duration = arriving.duration() * tick;
        due = constantRate.arrive(seconds, duration);
        if (due == 0) {
            swap();
        }
    }

    private void swap() {
        AVFrame former = held;
        held = arriving;
        arriving = former;
    }

    /**
     * Goes to a keyframe from which the frame at the start can be decoded. Some containers (MPEG-TS, AVI with a poor index)
     * land behind the one that is needed: then it begins earlier, and in the end at the beginning.
     */
    private void seek(double startSeconds) {
        for (double back = 0; back < startSeconds; back = back == 0 ? FIRST_STEP_BACK : 4 * back) {
            container.seek(stream, Math.round((startsAt - back) / tick));
            if (feedKeyframe()) {
                return;
            }
        }
        // well before the first frame: packets are sought by the time at which they are decoded
        container.seek(stream, Math.round((startsAt - startSeconds - FIRST_STEP_BACK) / tick));
    }

    /** Feeds the next keyframe, unless it lies behind the start. @return whether it did */
    private boolean feedKeyframe() {
        while (container.read(packet) >= 0) {
            boolean key = packet.stream_index() == stream.index() && (packet.flags() & AV_PKT_FLAG_KEY) != 0;
            boolean inTime = packet.pts() == AV_NOPTS_VALUE || packet.pts() * tick - startsAt <= EARLY;
            boolean fed = key && inTime && avcodec.avcodec_send_packet(decoder, packet) >= 0;
            avcodec.av_packet_unref(packet);
            if (key) {
                return fed;
            }
        }
        return false;
    }

    /** @return whether {@code arriving} holds another frame */
    private boolean decode() {
        while (true) {
            int received = avcodec.avcodec_receive_frame(decoder, arriving);
            if (received == 0) {
                return true;
            }
            if (received != avutil.AVERROR_EAGAIN()) {
                if (received != avutil.AVERROR_EOF()) {
                    warnOnce(received);
                }
                return false;
            }
            feed();
        }
    }

    private void feed() {
        int read = container.read(packet);
        if (read < 0) {
            if (read != avutil.AVERROR_EOF()) {
                warnOnce(read);
            }
            avcodec.avcodec_send_packet(decoder, null);
            return;
        }
        if (packet.stream_index() == stream.index()) {
            refuseEncrypted();
            int sent = avcodec.avcodec_send_packet(decoder, packet);
            if (sent < 0 && sent != avutil.AVERROR_EAGAIN()) {
                warnOnce(sent);
            }
        }
        avcodec.av_packet_unref(packet);
    }

    /** Decoders take what is encrypted for damage and make grey frames of it. */
    private void refuseEncrypted() {
        AVPacketSideData encryption = avcodec.av_packet_side_data_get(packet.side_data(), packet.side_data_elems(), AV_PKT_DATA_ENCRYPTION_INFO);
        if (encryption != null && !encryption.isNull()) {
            avcodec.av_packet_unref(packet);
            throw new MediaException(container.file + " is encrypted, as films of streaming services are: only their own players can show it");
        }
    }

    private void warnOnce(int code) {
        if (!warned) {
            LOG.warn("{} is damaged after frame {} ({}): what can be decoded is kept", container.file, given, Ffmpeg.explain(code));
            warned = true;
        }
    }

    /** Fewer frames may last as long, where a recording pauses: it is the time that counts. */
    private void warnIfShort() {
        boolean endsBefore = nextTime < statedEnd * 0.9 - rate.seconds(1) && (scan != null || given + due < estimatedFrames * 0.9 - 1);
        endedEarly = endsBefore || scan != null && scan.isCutOff();
        if (endedEarly) {
            LOG.warn("{} ends early, as it is cut off or damaged: {} s could be read{}", container.file, seconds(nextTime),
                    endsBefore ? " of " + seconds(statedEnd) + " s" : "");
        }
    }

    private static String seconds(double seconds) {
        return String.format(Locale.ROOT, "%.1f", Math.max(0, seconds));
    }

    @Override
    public boolean endedEarly() {
        return endedEarly;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        pictures.close();
        avcodec.av_packet_free(packet);
        avutil.av_frame_free(held);
        avutil.av_frame_free(arriving);
        avcodec.avcodec_free_context(decoder);
        container.close();
    }
}
