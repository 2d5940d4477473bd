package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avformat.AVSEEK_SIZE;

import io.personalive.media.ffmpeg.Ffmpeg;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.Read_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.avformat.Seek_Pointer_long_int;
import org.bytedeco.ffmpeg.avformat.Write_packet_Pointer_BytePointer_int;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;

/**
 * Bytes of a container on their way to Java. FFmpeg calls one function for all of them, and tells which one it means by a number:
 * JavaCPP has but ten functions of a kind. No exception may pass through FFmpeg: the first is kept.
 */
final class ByteOutput {
    private static final int BUFFER = 1 << 16;
    private static final Map<Long, ByteOutput> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBERS = new AtomicLong();
    private static final Writing WRITING = new Writing();
    private static final Seeking SEEKING = new Seeking();

    /** What takes the bytes. */
    interface Taker {
        /** @param bytes good until this returns */
        void take(ByteBuffer bytes) throws IOException;
    }

    private final long number = NUMBERS.incrementAndGet();
    private final Taker taker;
    private final ReservedFile file;
    private Exception failure;

    /** To something that takes them one after the other. */
    ByteOutput(Taker taker) {
        this(taker, null);
    }

    /** To a file, in which FFmpeg may go back. */
    ByteOutput(ReservedFile file) {
        this(file::write, file);
    }

    private ByteOutput(Taker taker, ReservedFile file) {
        this.taker = taker;
        this.file = file;
    }

    AVIOContext open() {
        BytePointer buffer = new BytePointer(Ffmpeg.allocated(avutil.av_malloc(BUFFER), "a buffer"));
        OPEN.put(number, this);
        return avformat.avio_alloc_context(buffer, BUFFER, 1, new Numbered(number), (Read_packet_Pointer_BytePointer_int) null, WRITING,
                file == null ? null : SEEKING);
    }

    /** Writes what is buffered. @return FFmpeg's code */
    int close(AVIOContext io) {
        avformat.avio_flush(io);
        int code = io.error();
        OPEN.remove(number);
        avutil.av_free(io.buffer());
        avformat.avio_context_free(io);
        return code;
    }

    /** What went wrong first in taking them; null if nothing did. */
    Exception failure() {
        return failure;
    }

    private int take(ByteBuffer bytes) {
        int size = bytes.remaining();
        try {
            taker.take(bytes);
            return size;
        } catch (IOException | RuntimeException refused) {
            failure = failure == null ? refused : failure;
            return avutil.AVERROR_EXIT();
        }
    }

    /** A number in a pointer's clothes. */
    private static final class Numbered extends Pointer {
        private Numbered(long number) {
            address = number;
        }
    }

    private static final class Writing extends Write_packet_Pointer_BytePointer_int {
        @Override
        public int call(Pointer number, BytePointer buffer, int size) {
            return OPEN.get(number.address()).take(buffer.limit(size).asByteBuffer());
        }
    }

    private static final class Seeking extends Seek_Pointer_long_int {
        @Override
        public long call(Pointer number, long offset, int whence) {
            ReservedFile file = OPEN.get(number.address()).file;
            return whence == AVSEEK_SIZE ? file.size() : file.seek(offset); // FFmpeg asks for absolute places only
        }
    }
}
