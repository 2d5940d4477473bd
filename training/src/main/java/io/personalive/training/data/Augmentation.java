package io.personalive.training.data;

import static org.bytedeco.opencv.global.opencv_core.BORDER_REFLECT_101;

import java.util.SplittableRandom;
import org.bytedeco.opencv.global.opencv_core;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Size;

/**
 * How far pictures are changed. All frames of a sample are mirrored or not together, and all its driving frames get the
 * same turn, scale and shift, so that what moves between them is what the person did.
 *
 * @param mirror how often, 0 to 1
 * @param turn   at most, degrees either way
 * @param scale  at most, as a part either way
 * @param shift  at most, in sides of the picture
 * @param colour contrast as a part either way; brightness by as much of the range
 * @param blur   at most, standard deviation in pixels
 */
public record Augmentation(double mirror, double turn, double scale, double shift, double colour, double blur) {
    /** Pictures as they are. */
    public static final Augmentation NONE = new Augmentation(0, 0, 0, 0, 0, 0);
    public static final Augmentation USUAL = new Augmentation(0.5, 8, 0.1, 0.04, 0.15, 0.8);

    private static final double SMALLEST_BLUR = 0.3;

    /** One draw of it, for the driving frames of a sample. */
    record Drawn(boolean mirrored, Similarity place, double contrast, double brightness, double blur) {
        /** Whether a picture stays as it is but for being mirrored. */
        boolean mirrorsAtMost() {
            return place.isNone() && blur <= SMALLEST_BLUR && contrast == 1 && brightness == 0;
        }
    }

    Drawn draw(SplittableRandom random, int side) {
        boolean mirrored = random.nextDouble() < mirror;
        Similarity place = Similarity.around(side / 2.0, Math.toRadians(either(random, turn)), 1 + either(random, scale),
                either(random, shift) * side, either(random, shift) * side);
        return new Drawn(mirrored, place, 1 + either(random, colour), either(random, colour) * 255, random.nextDouble() * blur);
    }

    private static double either(SplittableRandom random, double most) {
        return (2 * random.nextDouble() - 1) * most;
    }

    /** Changes the picture in place. @param picture (side, side) of 8-bit BGR */
    static void apply(Drawn drawn, Mat picture) {
        if (drawn.mirrored) {
            opencv_core.flip(picture, picture, 1);
        }
        if (!drawn.place.isNone()) {
            warp(drawn.place, picture);
        }
        if (drawn.blur > SMALLEST_BLUR) {
            try (Size size = new Size(0, 0)) {
                opencv_imgproc.GaussianBlur(picture, picture, size, drawn.blur);
            }
        }
        if (drawn.contrast != 1 || drawn.brightness != 0) {
            picture.convertTo(picture, -1, drawn.contrast, 127.5 * (1 - drawn.contrast) + drawn.brightness);
        }
    }

    private static void warp(Similarity by, Mat picture) {
        try (Mat moved = new Mat(); Size size = picture.size()) {
            by.warp(picture, moved, size, BORDER_REFLECT_101);
            moved.copyTo(picture);
        }
    }

    static FaceLabels apply(Drawn drawn, FaceLabels labels, int side) {
        return (drawn.mirrored ? labels.mirrored(side) : labels).moved(drawn.place);
    }
}
