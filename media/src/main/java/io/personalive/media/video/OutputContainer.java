package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avformat.AVFMT_GLOBALHEADER;

import io.personalive.media.AiMark;
import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import io.personalive.natives.NativeLibraries;
import java.nio.charset.StandardCharsets;
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

/** A container being written: streams are added, then it is started, packets go in, and it is finished. */
final class OutputContainer implements AutoCloseable {
    static {
        NativeLibraries.ready();
    }

    /** What a packet takes in an index, bytes at most. */
    private static final long INDEX_ENTRY = 40;
    /** How many frames encoders hold back: VP9's looks 25 ahead. */
    private static final long HELD_BACK = 32;

    private final AVFormatContext context = new AVFormatContext(null);
    private final Sink sink;
    private long packets;
    private long largest;

    OutputContainer(Sink sink, String muxer) {
        this.sink = sink;
        try (BytePointer address = new BytePointer(sink.address(), StandardCharsets.UTF_8); BytePointer format = new BytePointer(muxer)) {
            sink.check(avformat.avformat_alloc_output_context2(context, null, format, address));
        }
        try {
            AVIOContext io = sink.open();
            if (io != null) {
                context.pb(io);
            }
        } catch (RuntimeException failed) {
            avformat.avformat_free_context(context);
            throw failed;
        }
        if (sink.isMarked()) {
            mark(muxer);
        }
    }

    private void mark(String muxer) {
        AVDictionary metadata = new AVDictionary(null);
        avutil.av_dict_set(metadata, "comment", AiMark.COMMENT, 0);
        if (muxer.equals("webm")) {
            avutil.av_dict_set(metadata, "digital_source_type", AiMark.DIGITAL_SOURCE_TYPE, 0);
        } else if (muxer.equals("mpegts")) {
            // a transport stream has no comments, but a name
            avutil.av_dict_set(metadata, "service_name", AiMark.COMMENT, 0);
        }
        context.metadata(metadata);
    }

    /** Whether encoders are to leave their headers to the container. */
    boolean globalHeader() {
        return (context.oformat().flags() & AVFMT_GLOBALHEADER) != 0;
    }

    AVStream addStream() {
        return Ffmpeg.allocated(avformat.avformat_new_stream(context, null), sink.name());
    }

    /** To be called when all streams are added. */
    void start(Map<String, String> muxerOptions) {
        AVDictionary options = new AVDictionary(null);
        muxerOptions.forEach((name, value) -> avutil.av_dict_set(options, name, value, 0));
        int started = avformat.avformat_write_header(context, options);
        avutil.av_dict_free(options);
        sink.check(started);
    }

    /** @param base in which the packet's times are counted; the packet is empty afterwards */
    void write(AVPacket packet, AVRational base, AVStream stream) {
        avcodec.av_packet_rescale_ts(packet, base, stream.time_base());
        packet.stream_index(stream.index());
        packet.pos(-1);
        largest = Math.max(largest, packet.size());
        sink.keepRoom(++packets * INDEX_ENTRY + HELD_BACK * largest);
        sink.check(avformat.av_interleaved_write_frame(context, packet));
    }

    /** @throws MediaException if no more should be written, though what was can be completed */
    void checkRoom() {
        sink.checkRoom();
    }

    /** Sets one of the muxer's own options while it runs. */
    void option(String name, String value) {
        sink.check(avutil.av_opt_set(context.priv_data(), name, value, 0));
    }

    void finish() {
        sink.complete();
        sink.check(avformat.av_write_trailer(context));
        sink.check(closeSink());
    }

    private int closeSink() {
        AVIOContext io = context.pb();
        if (io == null || io.isNull()) {
            return 0;
        }
        context.pb(null);
        return sink.close(io);
    }

    @Override
    public void close() {
        closeSink();
        avformat.avformat_free_context(context);
    }
}
