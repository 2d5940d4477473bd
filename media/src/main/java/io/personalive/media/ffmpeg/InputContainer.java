package io.personalive.media.ffmpeg;

import static org.bytedeco.ffmpeg.global.avcodec.AV_CODEC_ID_NONE;
import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_FLAG_BYTE;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_ATTACHED_PIC;
import static org.bytedeco.ffmpeg.global.avformat.AV_DISPOSITION_DEFAULT;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_AUDIO;
import static org.bytedeco.ffmpeg.global.avutil.AVMEDIA_TYPE_VIDEO;

import io.personalive.media.MediaException;
import io.personalive.natives.NativeLibraries;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avcodec.AVCodec;
import org.bytedeco.ffmpeg.avcodec.AVCodecContext;
import org.bytedeco.ffmpeg.avcodec.AVPacket;
import org.bytedeco.ffmpeg.avformat.AVFormatContext;
import org.bytedeco.ffmpeg.avformat.AVStream;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerPointer;

/** An opened media file: its streams, and its packets in the order in which they lie in the file. */
public final class InputContainer implements AutoCloseable {
    static {
        NativeLibraries.ready();
    }

    /** FFmpeg also "plays" text files as terminal art; to a user these are simply no videos. */
    private static final Set<String> NO_VIDEOS = Set.of("tty", "bin", "xbin", "adf", "idf", "sbg", "txd");

    public final Path file;
    public final AVFormatContext context = new AVFormatContext(null);

    public InputContainer(Path file) {
        this.file = file;
        refuseEmpty();
        AVDictionary options = new AVDictionary(null);
        // A play list must not make this reach for the network.
        avutil.av_dict_set(options, "protocol_whitelist", "file", 0);
        try (BytePointer address = Ffmpeg.address(file)) {
            int opened = avformat.avformat_open_input(context, address, null, options);
            if (opened < 0) {
                throw new MediaException(file + " " + Unreadable.why(file, Ffmpeg.explain(opened)));
            }
            if (NO_VIDEOS.contains(context.iformat().name().getString())) {
                avformat.avformat_close_input(context);
                throw new MediaException(file + " is not a video");
            }
            // A failure here shows when a stream is asked for.
            avformat.avformat_find_stream_info(context, (PointerPointer<?>) null);
        } finally {
            avutil.av_dict_free(options);
        }
    }

    private void refuseEmpty() {
        try {
            if (Files.size(file) == 0) {
                throw new MediaException(file + " is empty (0 bytes)");
            }
        } catch (IOException e) {
            throw new MediaException(file + " can't be read: " + e.getMessage(), e);
        }
    }

    /** @return the stream of moving pictures (an MP3's cover is none) that the file marks as default, else the first, or null */
    public AVStream video() {
        return chosen(AVMEDIA_TYPE_VIDEO);
    }

    /** @return the stream of sound that the file marks as default, else the first, or null */
    public AVStream audio() {
        return chosen(AVMEDIA_TYPE_AUDIO);
    }

    private AVStream chosen(int kind) {
        return chosen(context, kind);
    }

    /** @return of an opened container, the stream of a kind that it marks as default, else the first, or null */
    public static AVStream chosen(AVFormatContext context, int kind) {
        AVStream first = null;
        for (int i = 0; i < context.nb_streams(); i++) {
            AVStream stream = context.streams(i);
            if (stream.codecpar().codec_type() == kind && stream.codecpar().codec_id() != AV_CODEC_ID_NONE
                    && (stream.disposition() & AV_DISPOSITION_ATTACHED_PIC) == 0) {
                if ((stream.disposition() & AV_DISPOSITION_DEFAULT) != 0) {
                    return stream;
                }
                first = first == null ? stream : first;
            }
        }
        return first;
    }

    /** @return an opened decoder; the caller frees it */
    public AVCodecContext decoder(AVStream stream) {
        return decoder(stream, file.toString(), decoder -> decoder.thread_count(Ffmpeg.THREADS));
    }

    /**
     * Opens what decodes a stream of any container.
     *
     * @param name     of the container, for messages
     * @param settings are applied before it is opened
     */
    public static AVCodecContext decoder(AVStream stream, String name, Consumer<AVCodecContext> settings) {
        int id = stream.codecpar().codec_id();
        String what = name + " can't be decoded (" + avcodec.avcodec_get_name(id).getString(StandardCharsets.UTF_8) + ")";
        AVCodec codec = avcodec.avcodec_find_decoder(id);
        if (codec == null) {
            throw new MediaException(what + ": convert it to H.264 in MP4 first");
        }
        AVCodecContext decoder = Ffmpeg.allocated(avcodec.avcodec_alloc_context3(codec), what);
        try {
            Ffmpeg.check(avcodec.avcodec_parameters_to_context(decoder, stream.codecpar()), what);
            settings.accept(decoder);
            decoder.pkt_timebase(stream.time_base());
            Ffmpeg.check(avcodec.avcodec_open2(decoder, codec, (PointerPointer<?>) null), what);
            return decoder;
        } catch (MediaException e) {
            avcodec.avcodec_free_context(decoder);
            throw e;
        }
    }

    /** @return FFmpeg's code: 0, end of file or an error; the packet is the caller's to unref */
    public int read(AVPacket packet) {
        return avformat.av_read_frame(context, packet);
    }

    /** Goes to the last keyframe at or before a moment of a stream; stays where it is if the file can't be sought in. */
    public void seek(AVStream stream, long timestamp) {
        avformat.avformat_seek_file(context, stream.index(), Long.MIN_VALUE, timestamp, timestamp, 0);
    }

    /** Goes to a packet that was read from there before. @param position bytes from the file's beginning */
    public void seekByte(long position) {
        avformat.avformat_seek_file(context, -1, 0, position, position, AVSEEK_FLAG_BYTE);
    }

    @Override
    public void close() {
        if (!context.isNull()) {
            avformat.avformat_close_input(context);
        }
    }
}
