package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_FLAG_GLOBAL_HEADER;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import java.util.Map;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVFrame;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avutil;

/** One encoder and its stream in a container: frames go in, packets reach the file. */
final class Encoder implements AutoCloseable {
    final AVCodecContext context;
    private final OutputContainer container;
    private final AVStream stream;
    private final AVRational base;
    private final AVPacket packet;
    private final String what;
    private long duration;

    /** @param settings sets size or sampling, time base and the like; the stream takes over what they become */
    Encoder(OutputContainer container, String name, Map<String, String> options, Consumer<AVCodecContext> settings) {
        this.container = container;
        what = "the encoder " + name + " failed";
        AVCodec codec = avcodec.avcodec_find_encoder_by_name(name);
        if (codec == null) {
            throw new MediaException("this build of FFmpeg has no encoder " + name + ": choose another kind of file");
        }
        context = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(codec), what);
        try {
            settings.accept(context);
            context.thread_count(Ffmpeg.THREADS);
            if (container.globalHeader()) {
                context.flags(context.flags() | AV_CODEC_FLAG_GLOBAL_HEADER);
            }
            AVDictionary dictionary = new AVDictionary(null);
            options.forEach((key, value) -> avutil.av_dict_set(dictionary, key, value, 0));
            int opened = avcodec.avcodec_open2(context, codec, dictionary);
            avutil.av_dict_free(dictionary);
            Ffmpeg.check(opened, what);
            base = context.time_base();
            stream = container.addStream();
            stream.time_base(base);
            stream.avg_frame_rate(context.framerate());
            stream.sample_aspect_ratio(context.sample_aspect_ratio());
            Ffmpeg.check(avcodec.avcodec_parameters_from_context(stream.codecpar(), context), what);
        } catch (MediaException e) {
            avcodec.avcodec_free_context(context);
            throw e;
        }
        packet = avcodec.av_packet_alloc();
    }

    /** @param frame null after the last, to have everything written that the encoder still holds */
    void encode(AVFrame frame) {
        if (frame != null && context.codec_type() == AVMEDIA_TYPE_VIDEO) {
            duration = frame.duration();
        }
        Ffmpeg.check(avcodec.avcodec_send_frame(context, frame), what);
        while (true) {
            int received = avcodec.avcodec_receive_packet(context, packet);
            if (received == avutil.AVERROR_EAGAIN() || received == avutil.AVERROR_EOF()) {
                return;
            }
            Ffmpeg.check(received, what);
            if (packet.duration() == 0) {
                packet.duration(duration); // not every encoder passes on how long a frame lasts
            }
            container.write(packet, base, stream);
        }
    }

    @Override
    public void close() {
        avcodec.av_packet_free(packet);
        avcodec.avcodec_free_context(context);
    }
}
