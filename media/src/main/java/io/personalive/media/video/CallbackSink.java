package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/** A program that takes the bytes as they come. */
final class CallbackSink implements Sink {
    private static final int BUFFER = 1 << 16;

    private final Taking taking;

    CallbackSink(Consumer<byte[]> taker) {
        taking = new Taking(taker);
    }

    @Override
    public String name() {
        return "the stream";
    }

    @Override
    public String address() {
        return "";
    }

    @Override
    public AVIOContext open() {
        BytePointer buffer = new BytePointer(Ffmpeg.allocated(avutil.av_malloc(BUFFER), "a buffer"));
        return avformat.avio_alloc_context(buffer, BUFFER, 1, null, (Read_packet_Pointer_BytePointer_int) null, taking, (Seek_Pointer_long_int) null);
    }

    @Override
    public int close(AVIOContext io) {
        avformat.avio_flush(io);
        int code = io.error();
        avutil.av_free(io.buffer());
        avformat.avio_context_free(io);
        return code;
    }

    @Override
    public MediaException failed(int code) {
        RuntimeException refused = taking.failure;
        return new MediaException("the stream isn't taken: " + (refused == null ? Ffmpeg.explain(code) : refused.getMessage()), refused);
    }

    /** Called by FFmpeg, through which no exception may pass. */
    private static final class Taking extends Write_packet_Pointer_BytePointer_int {
        private final Consumer<byte[]> taker;
        private RuntimeException failure;

        private Taking(Consumer<byte[]> taker) {
            this.taker = taker;
        }

        @Override
        public int call(Pointer opaque, BytePointer buffer, int size) {
            byte[] bytes = new byte[size];
            buffer.get(bytes);
            try {
                taker.accept(bytes);
                return size;
            } catch (RuntimeException refused) {
                failure = refused;
                return avutil.AVERROR_EXIT();
            }
        }
    }
}
