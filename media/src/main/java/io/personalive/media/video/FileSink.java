package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import io.personalive.media.ffmpeg.Ffmpeg;
import java.io.IOException;
import org.bytedeco.ffmpeg.avformat.AVIOContext;
import org.bytedeco.ffmpeg.global.avutil;

/** A file beside its target. One that can't grow any more can still be completed. */
final class FileSink implements Sink {
    private final PendingFile pending;
    private final boolean isMarked;
    private ReservedFile file;
    private ByteOutput writing;

    /** One that is marked. */
    FileSink(PendingFile pending) {
        this(pending, true);
    }

    /** @param isMarked whether it was made by a model and says so */
    FileSink(PendingFile pending, boolean isMarked) {
        this.pending = pending;
        this.isMarked = isMarked;
    }

    @Override
    public String name() {
        return pending.target().toString();
    }

    @Override
    public String address() {
        return Ffmpeg.name(pending.temporary());
    }

    @Override
    public boolean isMarked() {
        return isMarked;
    }

    @Override
    public AVIOContext open() {
        try {
            file = new ReservedFile(pending.temporary());
        } catch (IOException e) {
            throw pending.failed(e.getMessage(), e);
        }
        writing = new ByteOutput(file);
        return writing.open();
    }

    @Override
    public int close(AVIOContext io) {
        int code = writing.close(io);
        try {
            file.close();
            return code;
        } catch (IOException e) {
            return avutil.AVERROR_EIO();
        }
    }

    @Override
    public void keepRoom(long bytes) {
        file.keepRoom(bytes);
    }

    @Override
    public void checkRoom() {
        if (file.full() != null) {
            throw pending.ended(file.full().getMessage(), file.full());
        }
    }

    @Override
    public void complete() {
        try {
            file.complete();
        } catch (IOException e) {
            throw pending.failed(e.getMessage(), e);
        }
    }

    @Override
    public MediaException failed(int code) {
        Exception refused = writing == null ? null : writing.failure();
        return pending.failed(refused == null ? Ffmpeg.explain(code) : refused.getMessage(), refused);
    }
}
