package io.personalive.training.data;

/**
 * Measures an expression on a face's landmarks in the head frame, where turns of the head are taken out. Depth isn't
 * used, so how far the lips stand out isn't told.
 */
public final class ExpressionMeasure {
    /** Where each ring of landmarks begins: a corner, the upper edge to the other corner, the lower edge back. */
    private static final int RIGHT_EYE = 10, LEFT_EYE = 26, OUTER_LIPS = 62, INNER_LIPS = 82;
    private static final int RIGHT_BROW = 42, LEFT_BROW = 52, RIGHT_IRIS = 0, LEFT_IRIS = 5;
    private static final int EYE_POINTS = 16, LIP_POINTS = 20, BROW_POINTS = 10;
    private static final int[] EYE_GAPS = {3, 4, 5}, LIP_GAPS = {4, 5, 6};

    private final float[] face;

    private ExpressionMeasure(float[] face) {
        this.face = face;
    }

    /**
     * @param canonical (129 * 3), a face in the head frame
     * @return (12), in the order of {@link FaceLabels#expression}; the last, which needs depth, is 0
     */
    public static float[] of(float[] canonical) {
        return new ExpressionMeasure(canonical).measure();
    }

    private float[] measure() {
        double eyes = Math.hypot(middle(RIGHT_EYE, 0) - middle(LEFT_EYE, 0), middle(RIGHT_EYE, 1) - middle(LEFT_EYE, 1));
        double corners = (y(OUTER_LIPS) + y(OUTER_LIPS + LIP_POINTS / 2)) / 2;
        double lips = (y(INNER_LIPS + LIP_POINTS / 4) + y(INNER_LIPS + 3 * LIP_POINTS / 4)) / 2;
        double[] left = gaze(LEFT_EYE, LEFT_IRIS), right = gaze(RIGHT_EYE, RIGHT_IRIS);
        double[] all = {
            gap(LEFT_EYE, EYE_POINTS, EYE_GAPS) / width(LEFT_EYE, EYE_POINTS),
            gap(RIGHT_EYE, EYE_POINTS, EYE_GAPS) / width(RIGHT_EYE, EYE_POINTS),
            left[0], right[0], left[1], right[1],
            gap(INNER_LIPS, LIP_POINTS, LIP_GAPS) / eyes, width(OUTER_LIPS, LIP_POINTS) / eyes, (lips - corners) / eyes,
            raised(LEFT_BROW, LEFT_EYE) / eyes, raised(RIGHT_BROW, RIGHT_EYE) / eyes, 0};
        float[] expression = new float[all.length];
        for (int i = 0; i < all.length; i++) {
            expression[i] = (float) all[i];
        }
        return expression;
    }

    /** Mean distance of the edges of a ring. @param pairs how far from the first corner */
    private double gap(int ring, int points, int[] pairs) {
        double sum = 0;
        for (int pair : pairs) {
            sum += distance(ring + pair, ring + points - pair);
        }
        return sum / pairs.length;
    }

    /** From corner to corner. */
    private double width(int ring, int points) {
        return distance(ring, ring + points / 2);
    }

    /** The iris against the eye's middle, along the line of its corners to the picture's right and across it downwards, in half widths. */
    private double[] gaze(int eye, int iris) {
        int far = eye + EYE_POINTS / 2;
        boolean firstIsLeft = x(eye) < x(far);
        double dx = (firstIsLeft ? 1 : -1) * (x(far) - x(eye)) / 2, dy = (firstIsLeft ? 1 : -1) * (y(far) - y(eye)) / 2;
        double square = dx * dx + dy * dy;
        double ix = x(iris) - middle(eye, 0), iy = y(iris) - middle(eye, 1);
        return new double[] {(ix * dx + iy * dy) / square, (iy * dx - ix * dy) / square};
    }

    /** How high a brow stands over its eye's corners. */
    private double raised(int brow, int eye) {
        double sum = 0;
        for (int i = 0; i < BROW_POINTS; i++) {
            sum += y(brow + i);
        }
        return middle(eye, 1) - sum / BROW_POINTS;
    }

    /** Midway between an eye's corners. */
    private double middle(int eye, int axis) {
        return (face[3 * eye + axis] + face[3 * (eye + EYE_POINTS / 2) + axis]) / 2.0;
    }

    private double distance(int first, int second) {
        return Math.hypot(x(first) - x(second), y(first) - y(second));
    }

    private double x(int point) {
        return face[3 * point];
    }

    private double y(int point) {
        return face[3 * point + 1];
    }
}
