package io.personalive.training.losses;

/** What layers compute, in plain arithmetic: pictures are (channels, pixels), square. */
public final class Plain {
    private Plain() {}

    /** @param weight (out, in, kernel, kernel). @return without bias */
    public static double[][] convolution(double[][] x, float[] weight, int kernel, int stride, int padding) {
        int side = side(x), outSide = (side + 2 * padding - kernel) / stride + 1, each = x.length * kernel * kernel;
        double[][] result = new double[weight.length / each][outSide * outSide];
        for (int out = 0; out < result.length; out++) {
            for (int in = 0; in < x.length; in++) {
                for (int k = 0; k < kernel * kernel; k++) {
                    double factor = weight[(out * x.length + in) * kernel * kernel + k];
                    for (int place = 0; place < outSide * outSide; place++) {
                        int row = place / outSide * stride + k / kernel - padding, column = place % outSide * stride + k % kernel - padding;
                        if (row >= 0 && row < side && column >= 0 && column < side) {
                            result[out][place] += factor * x[in][row * side + column];
                        }
                    }
                }
            }
        }
        return result;
    }

    /** @return the largest number in each window */
    static double[][] largest(double[][] x, int kernel, int stride) {
        int side = side(x), outSide = (side - kernel) / stride + 1;
        double[][] result = new double[x.length][outSide * outSide];
        for (int channel = 0; channel < x.length; channel++) {
            for (int place = 0; place < outSide * outSide; place++) {
                double most = Double.NEGATIVE_INFINITY;
                for (int k = 0; k < kernel * kernel; k++) {
                    most = Math.max(most, x[channel][(place / outSide * stride + k / kernel) * side + place % outSide * stride + k % kernel]);
                }
                result[channel][place] = most;
            }
        }
        return result;
    }

    private static int side(double[][] x) {
        return (int) Math.round(Math.sqrt(x[0].length));
    }
}
