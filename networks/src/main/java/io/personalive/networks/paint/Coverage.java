package io.personalive.networks.paint;

import java.util.Arrays;

/** How much of each pixel of a square picture a shape covers. */
final class Coverage {
    /** Lines that are looked along within a row of pixels; along a line coverage is exact. */
    private static final int LINES = 4;

    private final int side;
    private final float[] covered;

    Coverage(int side) {
        this.side = side;
        covered = new float[side * side];
    }

    /** @param corners x and y of a polygon's corners in turn, in half pictures; what it encloses an odd number of times is inside */
    void fill(double[] corners) {
        int count = corners.length / 2;
        double[] crossings = new double[count];
        double top = Double.POSITIVE_INFINITY, bottom = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            top = Math.min(top, pixels(corners[2 * i + 1]));
            bottom = Math.max(bottom, pixels(corners[2 * i + 1]));
        }
        int first = (int) Math.max(0, Math.floor(top * LINES)), last = (int) Math.min(side * LINES, Math.ceil(bottom * LINES));
        for (int line = first; line < last; line++) {
            double y = (line + 0.5) / LINES;
            int found = 0;
            for (int i = 0; i < count; i++) {
                int next = (i + 1) % count;
                double y0 = pixels(corners[2 * i + 1]), y1 = pixels(corners[2 * next + 1]);
                if (y0 <= y != y1 <= y) {
                    double x0 = pixels(corners[2 * i]), x1 = pixels(corners[2 * next]);
                    crossings[found++] = x0 + (y - y0) / (y1 - y0) * (x1 - x0);
                }
            }
            Arrays.sort(crossings, 0, found);
            for (int i = 0; i + 1 < found; i += 2) {
                fillLine(line / LINES, crossings[i], crossings[i + 1]);
            }
        }
    }

    private double pixels(double halfPictures) {
        return (halfPictures + 1) * side / 2;
    }

    private void fillLine(int row, double from, double to) {
        double left = Math.max(0, from), right = Math.min(side, to);
        for (int x = (int) left; x < right; x++) {
            double part = Math.min(right, x + 1) - Math.max(left, x);
            covered[row * side + x] = Math.min(1, covered[row * side + x] + (float) (part / LINES));
        }
    }

    /** Takes away what another shape covers. */
    void without(Coverage other) {
        for (int i = 0; i < covered.length; i++) {
            covered[i] = Math.max(0, covered[i] - other.covered[i]);
        }
    }

    /** Leaves what another shape covers as well. */
    void within(Coverage other) {
        for (int i = 0; i < covered.length; i++) {
            covered[i] *= other.covered[i];
        }
    }

    /** Adds what another shape covers. */
    void join(Coverage other) {
        for (int i = 0; i < covered.length; i++) {
            covered[i] = Math.min(1, covered[i] + other.covered[i]);
        }
    }

    void copyTo(float[] picture, int at) {
        System.arraycopy(covered, 0, picture, at, covered.length);
    }
}
