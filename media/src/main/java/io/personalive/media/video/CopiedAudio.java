package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avutil.AV_NOPTS_VALUE;

import io.personalive.media.ffmpeg.Ffmpeg;
import io.personalive.media.ffmpeg.InputContainer;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.global.avcodec;

/** Sound taken over packet by packet, without loss; begins and ends to within a packet (about 20 ms). */
final class CopiedAudio extends AudioTrack {
    private final OutputContainer container;
    private final AVStream target;
    /** A clock that steps back by more begins anew, as in joined recordings; by less it only stumbles, seconds. */
    private static final double STUMBLE = 0.5;

    private final AVPacket packet = avcodec.av_packet_alloc();
    private final long packetLength;
    /** From the source's times to the written ones, in its units. */
    private long shift;
    /** When the packet that was written last began, and when it was over. */
    private long began = Long.MIN_VALUE, over;
    private final double earliest;
    private boolean waiting;
    private boolean ended;

    CopiedAudio(InputContainer input, AudioSource from, OutputContainer container, VideoFormat format) {
        super(input, from);
        this.container = container;
        target = container.addStream();
        Ffmpeg.check(avcodec.avcodec_parameters_copy(target.codecpar(), source.codecpar()), input.file + ": its sound can't be copied");
        target.codecpar().codec_tag(0);
        target.time_base(source.time_base());
        shift = -Math.round(startSeconds * source.time_base().den() / source.time_base().num());
        // MP4 can hold sound from before its zero, which decoders need to settle, and hide it; WebM only the codec's own lead-in.
        double packetSeconds = (double) Math.max(source.codecpar().frame_size(), 1024) / Math.max(source.codecpar().sample_rate(), 8000);
        packetLength = Math.max(1, Math.round(packetSeconds * source.time_base().den() / source.time_base().num()));
        double leadIn = (double) source.codecpar().initial_padding() / Math.max(source.codecpar().sample_rate(), 8000);
        earliest = format == VideoFormat.MP4 ? -1.5 * packetSeconds : -leadIn - 1e-3;
    }

    @Override
    void writeUntil(double seconds) {
        while (!ended) {
            if (!waiting) {
                ended = !readPacket(packet);
                waiting = !ended;
                continue;
            }
            long time = packet.pts() != AV_NOPTS_VALUE ? packet.pts() : packet.dts();
            double at = time == AV_NOPTS_VALUE ? earliest : (time + shift) * tick();
            if (at >= seconds) {
                return;
            }
            waiting = false;
            if (time == AV_NOPTS_VALUE || at < earliest) {
                avcodec.av_packet_unref(packet);
                continue;
            }
            long next = following(time);
            packet.pts(next);
            packet.dts(next);
            began = next;
            over = next + (packet.duration() > 0 ? packet.duration() : packetLength);
            container.write(packet, source.time_base(), target);
        }
    }

    /** A packet's time in the written video: later than that of the one before, whatever the source says. */
    private long following(long time) {
        if (time + shift > began) {
            return time + shift;
        }
        if ((over - time - shift) * tick() > STUMBLE) {
            shift = over - time;
        }
        return over;
    }

    @Override
    void finish(double seconds) {
        writeUntil(seconds);
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        super.close();
    }
}
