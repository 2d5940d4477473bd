package io.personalive.animation.portrait;

/** Which pixels of a row each pixel of a resized row is made of, and with what weights, in fixed point. */
final class ResizeTaps {
    /** Half of the last digit: sums start from here, so that {@link #round} rounds half up. */
    static final int HALF = 1 << ResizeTaps.FRACTION_BITS - 1;

    private static final int FRACTION_BITS = 22;

    private final int[] first;
    private final int[][] weights;

    ResizeTaps(int in, int out, ResizeFilter filter) {
        first = new int[out];
        weights = new int[out][];
        double scale = (double) in / out;
        double stretch = Math.max(scale, 1);
        double support = filter.support() * stretch;
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * scale;
            first[i] = Math.max((int) (centre - support + 0.5), 0);
            int end = Math.min((int) (centre + support + 0.5), in);
            double[] exact = new double[end - first[i]];
            double sum = 0;
            for (int j = 0; j < exact.length; j++) {
                exact[j] = filter.weight((j + first[i] - centre + 0.5) / stretch);
                sum += exact[j];
            }
            weights[i] = new int[exact.length];
            for (int j = 0; j < exact.length; j++) {
                double shifted = exact[j] / sum * (1 << FRACTION_BITS);
                weights[i][j] = (int) (shifted + Math.copySign(0.5, shifted));
            }
        }
    }

    /** The first pixel that counts for a pixel of the result. */
    int first(int pixel) {
        return first[pixel];
    }

    /** The weights of that pixel and those after it. */
    int[] weights(int pixel) {
        return weights[pixel];
    }

    /** A sum of bytes times weights, as a byte. */
    static byte round(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> FRACTION_BITS));
    }
}
