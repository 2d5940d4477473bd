package io.personalive.media.video;

import static org.bytedeco.ffmpeg.global.avformat.AVIO_FLAG_WRITE;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import io.personalive.media.ffmpeg.Ffmpeg;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.global.avformat;

/**
 * A file beside its target.
 *
 * @param isMarked whether it was made by a model and says so
 */
record FileSink(PendingFile file, boolean isMarked) implements Sink {
    /** One that is marked. */
    FileSink(PendingFile file) {
        this(file, true);
    }

    @Override
    public String name() {
        return file.target().toString();
    }

    @Override
    public String address() {
        return Ffmpeg.name(file.temporary());
    }

    @Override
    public AVIOContext open() {
        AVIOContext io = new AVIOContext(null);
        check(avformat.avio_open(io, address(), AVIO_FLAG_WRITE));
        return io;
    }

    @Override
    public int close(AVIOContext io) {
        return avformat.avio_closep(io);
    }

    @Override
    public MediaException failed(int code) {
        return file.failed(Ffmpeg.explain(code), null);
    }
}
