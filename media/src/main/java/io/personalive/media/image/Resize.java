package io.personalive.media.image;

import static org.bytedeco.opencv.global.opencv_imgproc.INTER_AREA;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_CUBIC;

import io.personalive.natives.NativeLibraries;
import java.awt.image.BufferedImage;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/** Resizing: averaged over areas when a picture gets smaller (nothing shimmers), cubic when it gets larger. */
public final class Resize {
    static {
        NativeLibraries.ready();
    }

    private Resize() {
    }

    /**
     * @param picture TYPE_3BYTE_BGR
     * @param width   of the result, pixels
     * @param height  of the result, pixels; the sides' ratio is not kept unless these keep it
     * @return the picture itself if it has that size already
     */
    public static BufferedImage to(BufferedImage picture, int width, int height) {
        if (picture.getWidth() == width && picture.getHeight() == height) {
            return picture;
        }
        boolean smaller = (long) width * height < (long) picture.getWidth() * picture.getHeight();
        try (Mat from = Mats.of(picture); Mat to = new Mat(); Size size = new Size(width, height)) {
            opencv_imgproc.resize(from, to, size, 0, 0, smaller ? INTER_AREA : INTER_CUBIC);
            return Mats.toPicture(to);
        }
    }

    /** The whole picture in the middle of one of another size, its sides' ratio kept, black where it doesn't reach. */
    public static BufferedImage fitted(BufferedImage picture, int width, int height) {
        double scale = Math.min((double) width / picture.getWidth(), (double) height / picture.getHeight());
        int innerWidth = (int) Math.max(1, Math.min(width, Math.round(picture.getWidth() * scale)));
        int innerHeight = (int) Math.max(1, Math.min(height, Math.round(picture.getHeight() * scale)));
        BufferedImage inner = to(picture, innerWidth, innerHeight);
        if (innerWidth == width && innerHeight == height) {
            return inner;
        }
        BufferedImage fitted = Bgr.blank(width, height);
        Bgr.paste(inner, fitted, (width - innerWidth) / 2, (height - innerHeight) / 2);
        return fitted;
    }

    /** The whole picture made square, its sides' ratio not kept. @param side pixels */
    public static BufferedImage toSquare(BufferedImage picture, int side) {
        return to(picture, side, side);
    }
}
