package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import java.nio.charset.StandardCharsets;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.avformat.AVIOInterruptCB;
import org.bytedeco.ffmpeg.avutil.AVDictionary;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacpp.BytePointer;

/** A peer in the network. */
record StreamSink(String address) implements Sink {
    /** How long a peer may take no bytes before it counts as gone, microseconds. */
    private static final long PATIENCE = 8_000_000;

    /** @return how what goes to an address is packed */
    static VideoFormat format(String address) {
        if (address.matches("rtmps?://[^/]+/.+")) {
            return VideoFormat.FLV;
        } else if (address.matches("srt://.+:\\d+.*")) {
            return VideoFormat.MPEG_TS;
        }
        throw new MediaException("'" + address + "' is no address that can be streamed to: write rtmp://HOST/APPLICATION/KEY, "
                + "rtmps://… or srt://HOST:PORT");
    }

    /** Where it goes, without the key that lets one send there. */
    @Override
    public String name() {
        String place = address.replaceFirst("[?#].*", "").replaceFirst("//[^/@]*@", "//");
        return address.startsWith("rtmp") ? place.replaceFirst("(//[^/]+/[^/]+/).+", "$1…") : place;
    }

    @Override
    public AVIOContext open() {
        AVIOContext io = new AVIOContext(null);
        AVDictionary options = new AVDictionary(null);
        // for RTMP, an option of that name would make it a listener
        avutil.av_dict_set(options, address.startsWith("srt") ? "timeout" : "rw_timeout", Long.toString(PATIENCE), 0);
        try (BytePointer url = new BytePointer(address, StandardCharsets.UTF_8)) {
            check(avformat.avio_open2(io, url, AVIO_FLAG_WRITE, (AVIOInterruptCB) null, options));
        } finally {
            avutil.av_dict_free(options);
        }
        return io;
    }

    @Override
    public int close(AVIOContext io) {
        return avformat.avio_closep(io);
    }

    @Override
    public MediaException failed(int code) {
        return new MediaException(name() + " can't be sent to: " + Ffmpeg.explain(code)
                + ". See that the address and the key are right and the server takes streams");
    }
}
