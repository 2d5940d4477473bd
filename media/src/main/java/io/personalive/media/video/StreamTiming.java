package io.personalive.media.video;

import static org.bytedeco.ffmpeg.avformat.AVIndexEntry.AVINDEX_DISCARD_FRAME;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_BITRATE;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.personalive.media.ffmpeg.InputContainer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionaryEntry;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a file says of the times of its pictures. */
final class StreamTiming {
    private static final Logger LOG = LoggerFactory.getLogger(StreamTiming.class);
    private static final Pattern DURATION = Pattern.compile("(\\d{2,6}):(\\d{2}):(\\d{2}(?:\\.\\d+)?)");
    private static final double HIGHEST_RATE = 1000;
    /** A stated rate further from the count of frames over the duration is a guess from the first few frames. */
    private static final double RATE_TOLERANCE = 0.005;

    private final InputContainer container;
    private final AVStream stream;
    /** What the stream's times count, seconds. */
    final double tick;
    /** The time of its first frame on the file's clock, seconds. */
    final double origin;
    /** Its frames' rate, on average. */
    final FrameRate rate;

    StreamTiming(InputContainer container, AVStream stream) {
        this.container = container;
        this.stream = stream;
        AVRational base = stream.time_base();
        tick = (double) base.num() / base.den();
        origin = stream.start_time() == AV_NOPTS_VALUE ? 0 : stream.start_time() * tick;
        rate = rate();
    }

    private FrameRate rate() {
        long shown = shownFrames();
        double measured = shown > 1 && stream.duration() > 0 ? shown / (stream.duration() * tick) : 0;
        for (AVRational said : new AVRational[] {stream.avg_frame_rate(), stream.r_frame_rate()}) {
            double perSecond = said.den() > 0 ? (double) said.num() / said.den() : 0;
            if (perSecond <= 0 || perSecond > HIGHEST_RATE || measured > 0 && Math.abs(perSecond / measured - 1) > RATE_TOLERANCE) {
                continue;
            }
            // Short fractions are exact; long ones are measured from times that were rounded on writing.
            return said.num() <= 120_000 && said.den() <= 1001 ? new FrameRate(said.num(), said.den()) : FrameRate.near(perSecond);
        }
        if (measured > 0 && measured <= HIGHEST_RATE) {
            return FrameRate.near(measured);
        }
        LOG.warn("{} does not say how many frames it shows per second: {} are assumed", container.file, FrameRate.DEFAULT);
        return FrameRate.DEFAULT;
    }

    /** How many frames there are, without those that an edit list hides; 0 if the file doesn't say. */
    private long shownFrames() {
        int entries = avformat.avformat_index_get_entries_count(stream);
        if (entries != stream.nb_frames()) {
            return stream.nb_frames();
        }
        long shown = 0;
        for (int i = 0; i < entries; i++) {
            shown += (avformat.avformat_index_get_entry(stream, i).flags() & AVINDEX_DISCARD_FRAME) == 0 ? 1 : 0;
        }
        return shown;
    }

    /** How long the pictures last by what is said of them alone, seconds; 0 if nothing is. */
    double ownDuration() {
        boolean guessed = container.context.duration_estimation_method() == AVFMT_DURATION_FROM_BITRATE;
        return stream.duration() > 0 && !guessed ? stream.duration() * tick : Math.max(0, statedDuration());
    }

    /** How long the pictures last, seconds; 0 if unknown. Where only the whole file's length is known, sound may go on longer. */
    double duration() {
        double own = ownDuration();
        if (own > 0) {
            return own;
        }
        long whole = container.context.duration();
        return whole > 0 ? (double) whole / avutil.AV_TIME_BASE : 0;
    }

    /** Matroska says how long each track lasts in a tag, as 00:00:06.033000000. */
    private double statedDuration() {
        AVDictionaryEntry tag = avutil.av_dict_get(stream.metadata(), "DURATION", null, 0);
        Matcher parts = DURATION.matcher(tag == null ? "" : tag.value().getString());
        return parts.matches() ? Integer.parseInt(parts.group(1)) * 3600 + Integer.parseInt(parts.group(2)) * 60 + Double.parseDouble(parts.group(3)) - origin
                : 0;
    }
}
