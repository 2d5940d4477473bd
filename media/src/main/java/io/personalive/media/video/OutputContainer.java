package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;
import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;

import io.personalive.media.AiMark;
import io.personalive.natives.NativeLibraries;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.avutil.AVRational;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** A media file being written: streams are added, then it is started, packets go in, and it is finished. */
final class OutputContainer implements AutoCloseable {
    static {
        NativeLibraries.ready();
    }

    private final AVFormatContext context = new AVFormatContext(null);
    private final String what;

    /** @param target the name to complain about, if the temporary file can't be written */
    OutputContainer(Path file, Path target, String muxer) {
        what = target + " can't be written";
        try (BytePointer address = Ffmpeg.address(file); BytePointer format = new BytePointer(muxer)) {
            Ffmpeg.check(avformat.avformat_alloc_output_context2(context, null, format, address), what);
            AVIOContext io = new AVIOContext(null);
            int opened = avformat.avio_open(io, address, AVIO_FLAG_WRITE);
            if (opened < 0) {
                avformat.avformat_free_context(context);
            }
            Ffmpeg.check(opened, what);
            context.pb(io);
        }
        AVDictionary metadata = new AVDictionary(null);
        avutil.av_dict_set(metadata, "comment", AiMark.COMMENT, 0);
        if (muxer.equals("webm")) {
            avutil.av_dict_set(metadata, "digital_source_type", AiMark.DIGITAL_SOURCE_TYPE, 0);
        }
        context.metadata(metadata);
    }

    /** Whether encoders are to leave their headers to the container. */
    boolean globalHeader() {
        return (context.oformat().flags() & AVFMT_GLOBALHEADER) != 0;
    }

    AVStream addStream() {
        return Ffmpeg.allocated(avformat.avformat_new_stream(context, null), what);
    }

    /** To be called when all streams are added. */
    void start(Map<String, String> muxerOptions) {
        AVDictionary options = new AVDictionary(null);
        muxerOptions.forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
        int started = avformat.avformat_write_header(context, options);
        avutil.av_dict_free(options);
        Ffmpeg.check(started, what);
    }

    /** @param base in which the packet's times are counted; the packet is empty afterwards */
    void write(AVPacket packet, AVRational base, AVStream stream) {
        avcodec.av_packet_rescale_ts(packet, base, stream.time_base());
        packet.stream_index(stream.index());
        packet.pos(-1);
        Ffmpeg.check(avformat.av_interleaved_write_frame(context, packet), what);
    }

    /** Sets one of the muxer's own options while it runs. */
    void option(String name, String value) {
        Ffmpeg.check(avutil.av_opt_set(context.priv_data(), name, value, 0), what);
    }

    void finish() {
        Ffmpeg.check(avformat.av_write_trailer(context), what);
        AVIOContext io = context.pb();
        context.pb(null);
        Ffmpeg.check(avformat.avio_closep(io), what);
    }

    @Override
    public void close() {
        AVIOContext io = context.pb();
        if (io != null && !io.isNull()) {
            context.pb(null);
            avformat.avio_closep(io);
        }
        avformat.avformat_free_context(context);
    }
}
