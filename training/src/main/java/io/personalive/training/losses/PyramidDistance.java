package io.personalive.training.losses;

import io.personalive.torch.Scope;
import io.personalive.training.evaluation.PictureDistance;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The stand-in for LPIPS where its weights are missing: at several scales, what structural similarity lacks to one, and
 * the mean absolute difference of the slopes along rows and columns. It sees blur and misplaced edges, which a squared
 * difference hardly does; of what a picture shows it knows nothing.
 */
public final class PyramidDistance implements PerceptualDistance {
    private static final int SCALES = 3;

    @Override
    public Tensor between(Tensor pictures, Tensor truth) {
        try (Scope scope = new Scope()) {
            Tensor made = unit(pictures), wanted = unit(truth), sum = null;
            for (int scale = 0; scale < SCALES && made.size(2) >= PictureDistance.WINDOW; scale++) {
                Tensor unlike = PictureDistance.ssim(made, wanted).mean().mul(new Scalar(-0.5)).add(new Scalar(0.5));
                Tensor each = unlike.add(slopes(made, wanted, 2)).add(slopes(made, wanted, 3));
                sum = sum == null ? each : sum.add(each);
                made = torch.avg_pool2d(made, 2, 2);
                wanted = torch.avg_pool2d(wanted, 2, 2);
            }
            if (sum == null) {
                throw new IllegalArgumentException("pictures of " + pictures.size(3) + "x" + pictures.size(2)
                        + " pixels are too small to be compared, expected " + PictureDistance.WINDOW + " or more");
            }
            return scope.keep(sum.div(new Scalar((double) SCALES)));
        }
    }

    private static Tensor unit(Tensor signed) {
        return signed.mul(new Scalar(0.5)).add(new Scalar(0.5));
    }

    private static Tensor slopes(Tensor made, Tensor wanted, long dimension) {
        Tensor error = made.sub(wanted);
        long count = error.size(dimension) - 1;
        return error.narrow(dimension, 1, count).sub(error.narrow(dimension, 0, count)).abs().mean();
    }
}
