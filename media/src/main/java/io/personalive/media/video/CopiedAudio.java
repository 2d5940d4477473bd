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
    private final AVPacket packet = avcodec.av_packet_alloc();
    private final long shift;
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
        shift = Math.round(startSeconds * source.time_base().den() / source.time_base().num());
        // MP4 can hold sound from before its zero, which decoders need to settle, and hide it; WebM only the codec's own lead-in.
        double packetSeconds = (double) Math.max(source.codecpar().frame_size(), 1024) / Math.max(source.codecpar().sample_rate(), 8000);
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
            double at = time == AV_NOPTS_VALUE ? earliest : relative(time);
            if (at >= seconds) {
                return;
            }
            waiting = false;
            if (time == AV_NOPTS_VALUE || at < earliest) {
                avcodec.av_packet_unref(packet);
                continue;
            }
            packet.pts(time - shift);
            packet.dts(time - shift);
            container.write(packet, source.time_base(), target);
        }
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
