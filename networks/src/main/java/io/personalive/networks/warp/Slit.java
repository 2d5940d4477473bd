package io.personalive.networks.warp;

/**
 * An opening of the face, an eye or the mouth, in one picture: two edges between two corners. Places count along the
 * line from corner to corner and across it, in widths of the opening; across is positive downwards in an upright face.
 */
final class Slit {
    private final float[] upper, lower;
    private final double x, y, alongX, alongY, width;

    /**
     * @param landmarks x and y of all points, in half pictures
     * @param upper     numbers of the upper edge's points, from the person's right corner to the left one
     * @param lower     of the lower edge's, as many, between the same corners
     */
    Slit(float[] landmarks, int[] upper, int[] lower) {
        int first = upper[0], last = upper[upper.length - 1];
        x = landmarks[2 * first];
        y = landmarks[2 * first + 1];
        double dx = landmarks[2 * last] - x, dy = landmarks[2 * last + 1] - y;
        width = Math.max(1e-6, Math.hypot(dx, dy));
        alongX = dx / width;
        alongY = dy / width;
        this.upper = edge(landmarks, upper);
        this.lower = edge(landmarks, lower);
    }

    private static float[] edge(float[] landmarks, int[] numbers) {
        float[] points = new float[2 * numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            points[2 * i] = landmarks[2 * numbers[i]];
            points[2 * i + 1] = landmarks[2 * numbers[i] + 1];
        }
        return points;
    }

    /** x and y of the upper edge's points in turn, in half pictures. */
    float[] upper() {
        return upper;
    }

    /** x and y of the lower edge's points in turn, in half pictures. */
    float[] lower() {
        return lower;
    }

    /** From corner to corner, in half pictures. */
    double width() {
        return width;
    }

    double along(double px, double py) {
        return ((px - x) * alongX + (py - y) * alongY) / width;
    }

    double across(double px, double py) {
        return ((py - y) * alongX - (px - x) * alongY) / width;
    }

    /** @return where an edge passes a place along the line: the number of a point of it, with the part of the way to the next */
    double passes(float[] edge, double along) {
        int last = edge.length / 2 - 1;
        double before = along(edge[0], edge[1]);
        for (int i = 1; i <= last; i++) {
            double here = along(edge[2 * i], edge[2 * i + 1]);
            if (along <= here || i == last) {
                double part = here > before ? (along - before) / (here - before) : 1;
                return i - 1 + Math.max(0, Math.min(1, part));
            }
            before = here;
        }
        return last;
    }

    /** @return of rows of two numbers a point, the one at {@code place} as {@link #passes} gives it. @param axis 0 or 1 */
    static double at(float[] rows, double place, int axis) {
        int i = (int) Math.min(place, rows.length / 2 - 2);
        double part = place - i;
        return rows[2 * i + axis] * (1 - part) + rows[2 * i + 2 + axis] * part;
    }
}
