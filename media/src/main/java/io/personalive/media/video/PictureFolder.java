package io.personalive.media.video;

import io.personalive.media.picture.PngWriter;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Locale;

/** A folder of PNG pictures, 000000.png and on; when they are shown isn't kept. */
final class PictureFolder implements FrameEncoding {
    private final Path folder;
    private final int width;
    private final int height;
    private long pictures;

    PictureFolder(Path folder, int width, int height) {
        this.folder = folder;
        this.width = width;
        this.height = height;
    }

    @Override
    public void encode(BufferedImage frame, long nanoseconds, long end) {
        if (frame.getWidth() != width || frame.getHeight() != height) {
            throw new IllegalArgumentException("the folder was opened for frames of " + width + " x " + height + " pixels, this one has "
                    + frame.getWidth() + " x " + frame.getHeight());
        }
        PngWriter.writeMarked(folder.resolve(String.format(Locale.ROOT, "%06d.png", pictures++)), frame);
    }

    @Override
    public void finish(long end) {
        // each picture is complete when it is written
    }

    @Override
    public void close() {
        // nothing is open
    }
}
