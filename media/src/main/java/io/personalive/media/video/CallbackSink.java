package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.ffmpeg.Ffmpeg;
import java.util.function.Consumer;
import org.bytedeco.ffmpeg.avformat.AVIOContext;

/** A program that takes the bytes as they come. */
final class CallbackSink implements Sink {
    private final ByteOutput taking;

    CallbackSink(Consumer<byte[]> taker) {
        taking = new ByteOutput(bytes -> {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            taker.accept(copy);
        });
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
        return taking.open();
    }

    @Override
    public int close(AVIOContext io) {
        return taking.close(io);
    }

    @Override
    public MediaException failed(int code) {
        Exception refused = taking.failure();
        return new MediaException("the stream isn't taken: " + (refused == null ? Ffmpeg.explain(code) : refused.getMessage()), refused);
    }
}
