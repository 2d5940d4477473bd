package io.personalive.training.data;

import static org.bytedeco.opencv.global.opencv_core.BORDER_CONSTANT;
import static org.bytedeco.opencv.global.opencv_core.CV_64FC1;
import static org.bytedeco.opencv.global.opencv_imgproc.INTER_LINEAR;

import io.personalive.media.image.Mats;
import java.awt.image.BufferedImage;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.opencv.global.opencv_imgproc;
import org.bytedeco.opencv.opencv_core.Mat;
import org.bytedeco.opencv.opencv_core.Scalar;
import org.bytedeco.opencv.opencv_core.Size;

/** A turn, a scale and a shift in the picture: x' = a x - b y + c, y' = b x + a y + d. Pixels, 0 the picture's edge. */
public record Similarity(double a, double b, double c, double d) {
    static final Similarity NONE = new Similarity(1, 0, 0, 0);

    /** Whether everything stays where it is. */
    boolean isNone() {
        return a == 1 && b == 0 && c == 0 && d == 0;
    }

    static Similarity scaled(double scale) {
        return new Similarity(scale, 0, 0, 0);
    }

    /**
     * @param turn   radians, clockwise in the picture
     * @param middle what stays where it is before the shift, pixels in x and y
     */
    static Similarity around(double middle, double turn, double scale, double shiftX, double shiftY) {
        double a = scale * Math.cos(turn);
        double b = scale * Math.sin(turn);
        return new Similarity(a, b, middle - a * middle + b * middle + shiftX, middle - b * middle - a * middle + shiftY);
    }

    /**
     * The one that brings points nearest to others, in the mean squared distance. Umeyama 1991, in the plane.
     *
     * @param from x, y of each point, at least two that differ
     * @param to   as many
     */
    public static Similarity between(double[] from, double[] to) {
        int count = from.length / 2;
        double fromX = 0, fromY = 0, toX = 0, toY = 0;
        for (int i = 0; i < from.length; i += 2) {
            fromX += from[i] / count;
            fromY += from[i + 1] / count;
            toX += to[i] / count;
            toY += to[i + 1] / count;
        }
        double size = 0, along = 0, across = 0;
        for (int i = 0; i < from.length; i += 2) {
            double x = from[i] - fromX, y = from[i + 1] - fromY, u = to[i] - toX, v = to[i + 1] - toY;
            size += x * x + y * y;
            along += x * u + y * v;
            across += x * v - y * u;
        }
        double a = along / size, b = across / size;
        return new Similarity(a, b, toX - a * fromX + b * fromY, toY - b * fromX - a * fromY);
    }

    double x(double x, double y) {
        return a * x - b * y + c;
    }

    double y(double x, double y) {
        return b * x + a * y + d;
    }

    double scale() {
        return Math.hypot(a, b);
    }

    /** Radians, clockwise in the picture. */
    double turn() {
        return Math.atan2(b, a);
    }

    /**
     * @param picture TYPE_3BYTE_BGR
     * @param side    of the result, pixels
     * @return what falls into the square from 0 to the side; black where the picture doesn't reach
     */
    public BufferedImage cut(BufferedImage picture, int side) {
        try (Mat from = Mats.of(picture); Mat to = new Mat(); Size size = new Size(side, side)) {
            warp(from, to, size, BORDER_CONSTANT);
            return Mats.toPicture(to);
        }
    }

    /** @param border what stands beyond the picture's edge, as OpenCV calls it */
    void warp(Mat from, Mat to, Size size, int border) {
        // OpenCV counts from the first pixel's centre, labels from the picture's edge
        double x = x(0.5, 0.5) - 0.5;
        double y = y(0.5, 0.5) - 0.5;
        try (DoublePointer numbers = new DoublePointer(a, -b, x, b, a, y); Mat matrix = new Mat(2, 3, CV_64FC1, numbers);
                Scalar black = new Scalar()) {
            opencv_imgproc.warpAffine(from, to, matrix, size, INTER_LINEAR, border, black);
        }
    }
}
