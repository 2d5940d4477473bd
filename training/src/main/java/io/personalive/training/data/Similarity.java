package io.personalive.training.data;

/** A turn, a scale and a shift in the picture: x' = a x - b y + c, y' = b x + a y + d. Pixels, 0 the picture's edge. */
record Similarity(double a, double b, double c, double d) {
    static final Similarity NONE = new Similarity(1, 0, 0, 0);

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
}
