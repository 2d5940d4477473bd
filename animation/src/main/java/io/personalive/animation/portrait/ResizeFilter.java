package io.personalive.animation.portrait;

/** What a resized pixel is made of, by distance. */
public enum ResizeFilter {
    /** Keys 1981, a = -0.5. */
    BICUBIC(2) {
        @Override
        double weight(double distance) {
            double x = Math.abs(distance);
            if (x < 1) {
                return ((SHARPNESS + 2) * x - (SHARPNESS + 3)) * x * x + 1;
            }
            return x < 2 ? (((x - 5) * x + 8) * x - 4) * SHARPNESS : 0;
        }
    },
    /** A sinc windowed by a wider one, a = 3. */
    LANCZOS(3) {
        @Override
        double weight(double distance) {
            return Math.abs(distance) < 3 ? sinc(distance) * sinc(distance / 3) : 0;
        }
    };

    private static final double SHARPNESS = -0.5;

    private final double support;

    ResizeFilter(double support) {
        this.support = support;
    }

    /** Beyond this distance the weight is 0, in pixels of the coarser picture. */
    double support() {
        return support;
    }

    abstract double weight(double distance);

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
    }
}
