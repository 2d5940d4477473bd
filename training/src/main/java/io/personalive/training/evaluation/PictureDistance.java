package io.personalive.training.evaluation;

import io.personalive.torch.Scope;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Distances between pictures, one number a frame; differentiable. Pictures are (f, c, h, w) in [0, 1]. */
public final class PictureDistance {
    /** Side of the window that SSIM looks through, in pixels. */
    public static final int WINDOW = 7;

    private static final double FIRST = 0.01 * 0.01, SECOND = 0.03 * 0.03;
    /** From the variance of a window's pixels to the variance that they are a sample of. */
    private static final double UNBIASED = WINDOW * WINDOW / (WINDOW * WINDOW - 1.0);
    /** Of equal pictures in 8 bits, where PSNR would be infinite: less than rounding. */
    private static final double LEAST_ERROR = 1e-10;

    private PictureDistance() {}

    /** @return (f), the mean absolute difference */
    public static Tensor l1(Tensor pictures, Tensor truth) {
        try (Scope scope = new Scope()) {
            return scope.keep(pictures.sub(truth).abs().flatten(1, 3).mean(1));
        }
    }

    /** @return (f), the peak signal-to-noise ratio in decibels, at most 100 */
    public static Tensor psnr(Tensor pictures, Tensor truth) {
        try (Scope scope = new Scope()) {
            Tensor error = pictures.sub(truth).square().flatten(1, 3).mean(1).clamp_min(new Scalar(LEAST_ERROR));
            return scope.keep(error.log10().mul(new Scalar(-10)));
        }
    }

    /**
     * Structural similarity for each colour channel, through a uniform window that lies wholly inside the picture. Wang
     * et al. 2004.
     *
     * @return (f), 1 for equal pictures
     * @throws IllegalArgumentException if the pictures are smaller than the window
     */
    public static Tensor ssim(Tensor pictures, Tensor truth) {
        if (pictures.size(2) < WINDOW || pictures.size(3) < WINDOW) {
            throw new IllegalArgumentException("SSIM looks through windows of " + WINDOW + " pixels; the picture has "
                    + pictures.size(3) + "x" + pictures.size(2));
        }
        try (Scope scope = new Scope()) {
            Tensor mean = blur(pictures), trueMean = blur(truth);
            Tensor variance = covariance(pictures, pictures, mean, mean);
            Tensor trueVariance = covariance(truth, truth, trueMean, trueMean);
            Tensor both = covariance(pictures, truth, mean, trueMean);
            Scalar first = new Scalar(FIRST), second = new Scalar(SECOND), two = new Scalar(2);
            Tensor above = mean.mul(trueMean).mul(two).add(first).mul(both.mul(two).add(second));
            Tensor below = mean.square().add(trueMean.square()).add(first).mul(variance.add(trueVariance).add(second));
            return scope.keep(above.div(below).flatten(1, 3).mean(1));
        }
    }

    private static Tensor covariance(Tensor x, Tensor y, Tensor meanX, Tensor meanY) {
        return blur(x.mul(y)).sub(meanX.mul(meanY)).mul(new Scalar(UNBIASED));
    }

    /** The mean over each window, taken along the columns first and the rows then. */
    private static Tensor blur(Tensor pictures) {
        return mean(mean(pictures, WINDOW, 1), 1, WINDOW);
    }

    private static Tensor mean(Tensor pictures, long height, long width) {
        return torch.avg_pool2d(pictures, new long[] {height, width}, new long[] {1, 1}, new long[] {0, 0}, false, true,
                new LongOptional());
    }
}
