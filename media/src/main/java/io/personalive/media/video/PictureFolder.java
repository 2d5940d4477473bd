package io.personalive.media.video;

import io.personalive.media.MediaException;
import io.personalive.media.PendingFile;
import io.personalive.media.image.PngWriter;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** A folder of PNG pictures, 000000.png and on. */
final class PictureFolder implements VideoWriter {
    private final PendingFile pending;
    private final int width;
    private final int height;
    private final FrameRate rate;
    private long frames;
    private boolean closed;

    PictureFolder(Path target, int width, int height, FrameRate rate, AudioSource audio) {
        if (audio != null) {
            LoggerFactory.getLogger(PictureFolder.class).warn("pictures hold no sound: {} is left out", audio.file());
        }
        pending = PendingFile.folderBeside(target);
        this.width = width;
        this.height = height;
        this.rate = rate;
    }

    @Override
    public void write(BufferedImage frame, long nanoseconds) {
        if (closed) {
            throw new IllegalStateException("the folder is closed");
        }
        if (frame.getWidth() != width || frame.getHeight() != height) {
            throw new IllegalArgumentException("the folder was opened for frames of " + width + " x " + height + " pixels, this one has "
                    + frame.getWidth() + " x " + frame.getHeight());
        }
        PngWriter.writeMarked(pending.temporary().resolve(String.format(Locale.ROOT, "%06d.png", frames)), frame);
        frames++;
    }

    @Override
    public long frames() {
        return frames;
    }

    @Override
    public FrameRate frameRate() {
        return rate;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        if (frames == 0) {
            abort();
            throw new MediaException(pending.target() + " was not written: there were no frames");
        }
        closed = true;
        pending.commit();
    }

    @Override
    public void abort() {
        if (!closed) {
            closed = true;
            pending.discard();
        }
    }
}
