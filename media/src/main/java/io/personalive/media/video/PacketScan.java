package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_DISCARD;
import static org.bytedeco.ffmpeg.global.avcodec.AV_PKT_FLAG_KEY;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_DURATION_FROM_STREAM;
import static org.bytedeco.ffmpeg.global.avformat.AVFMT_TS_DISCONT;
import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;
import static org.bytedeco.ffmpeg.global.avutil.AV_TIME_BASE;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.InputContainer;
import java.io.IOException;
import java.nio.file.Files;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;

/**
 * The pictures of a file without an index (MPEG-TS, Matroska), counted by reading all of its packets once, without decoding.
 * Recordings that were joined begin their time anew; here, as when they are shown, they follow one another.
 */
final class PacketScan {
    /** Larger files are read once more only where nothing else tells where a start lies: a second or so. */
    private static final long MOST_BYTES = 256L << 20;

    private final StreamTiming timing;
    private final double start;
    private long lastDecoded = AV_NOPTS_VALUE;
    /** What the clock lacks of the time since the file's beginning, seconds. */
    private double shift;
    private double end;
    /** Of packets of any stream. */
    private double lastPacket;
    private double statedLength;
    private long behindStart;
    private boolean shownAtStart;
    private boolean joined;
    private long keyframe = -1;
    private double shiftAtKeyframe;

    /** @param start seconds from the first frame */
    private PacketScan(StreamTiming timing, double start) {
        this.timing = timing;
        this.start = start;
    }

    /** @return null if the file has an index, or is too large to be read for this alone */
    static PacketScan of(InputContainer opened, AVStream stream, StreamTiming timing, double start) {
        boolean joins = (opened.context.iformat().flags() & AVFMT_TS_DISCONT) != 0;
        try {
            if (stream.nb_frames() > 0 || Files.size(opened.file) > MOST_BYTES && !(joins && start > 0)) {
                return null;
            }
        } catch (IOException e) {
            throw new MediaException(opened.file + " can't be read: " + e.getMessage(), e);
        }
        PacketScan scan = new PacketScan(timing, start);
        if (opened.context.duration_estimation_method() == AVFMT_DURATION_FROM_STREAM) {
            scan.statedLength = (double) opened.context.duration() / AV_TIME_BASE;
        }
        AVPacket packet = avcodec.av_packet_alloc();
        try (InputContainer again = new InputContainer(opened.file)) {
            while (again.read(packet) >= 0) {
                scan.note(packet, again);
                if (packet.stream_index() == stream.index() && (packet.flags() & AV_PKT_FLAG_DISCARD) == 0) {
                    scan.add(packet, joins);
                }
                avcodec.av_packet_unref(packet);
            }
        } finally {
            avcodec.av_packet_free(packet);
        }
        return scan.end > 0 ? scan : null;
    }

    private void note(AVPacket packet, InputContainer container) {
        AVRational base = container.context.streams(packet.stream_index()).time_base();
        lastPacket = Math.max(lastPacket, (double) packet.dts() * base.num() / base.den());
    }

    private void add(AVPacket packet, boolean joins) {
        long decoded = packet.dts() == AV_NOPTS_VALUE ? packet.pts() : packet.dts();
        long shown = packet.pts() == AV_NOPTS_VALUE ? packet.dts() : packet.pts();
        double clock = shown == AV_NOPTS_VALUE ? end : shown * timing.tick - timing.origin;
        if (joins && lastDecoded != AV_NOPTS_VALUE && decoded != AV_NOPTS_VALUE && decoded < lastDecoded) {
            shift = end - clock;
            joined = true;
        }
        lastDecoded = decoded;
        double seconds = clock + shift;
        end = Math.max(end, seconds + (packet.duration() > 0 ? packet.duration() * timing.tick : timing.rate.seconds(1)));
        if (seconds > start + DecodedVideo.EARLY) {
            behindStart++;
            return;
        }
        shownAtStart = true;
        if ((packet.flags() & AV_PKT_FLAG_KEY) != 0) {
            keyframe = packet.pos();
            shiftAtKeyframe = shift;
        }
    }

    /** From the start on. */
    long frames() {
        return behindStart + (shownAtStart ? 1 : 0);
    }

    /** How long all of it lasts, seconds. */
    double duration() {
        return end;
    }

    /** Whether packets end well before the length that the whole file states. */
    boolean isCutOff() {
        return lastPacket < statedLength * 0.9 - 1;
    }

    /** Where the keyframe lies from which the frame at the start is decoded, bytes; -1 where the file's own clock leads there. */
    long keyframe() {
        return joined && start > 0 ? keyframe : -1;
    }

    /** What the file's clock lacks there of the time since its beginning, seconds. */
    double shift() {
        return shiftAtKeyframe;
    }
}
