package io.personalive.networks.paint;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Upsample;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What is done to moved portraits. All zeros leave them as they are.
 *
 * @param flow    (b, 2, h, w), added to the flow, in half pictures
 * @param smooth  (b, 1, h, w), how much of the portrait's detail goes; below zero it is sharpened
 * @param colours (b, 3, h, w), added to the picture
 */
public record Paint(Tensor flow, Tensor smooth, Tensor colours) {
    private static final long BILINEAR = 0, REPEAT_BORDER = 1;
    /** Detail is what a mean over so many pixels a side takes away. */
    private static final int DETAIL = 4;
    private static final double SHARPEST = -0.5, SMOOTHEST = 1;

    /**
     * @param portraits (b, 3, s, s) in [-1, 1]
     * @param places    (b, 2, h, w), where each pixel comes from, in half pictures; h and w are multiples of 4
     * @return (b, 3, h, w), about in [-1, 1]
     */
    public Tensor over(Tensor portraits, Tensor places) {
        try (Scope scope = new Scope()) {
            Tensor moved = sample(portraits, places.add(flow));
            Tensor coarse = torch.avg_pool2d(moved, new long[] {DETAIL, DETAIL}, new long[] {DETAIL, DETAIL},
                    new long[] {0, 0}, false, true, new LongOptional());
            Tensor blurred = Upsample.bilinear(coarse, moved.size(2), moved.size(3));
            Tensor amount = smooth.clamp(new ScalarOptional(new Scalar(SHARPEST)), new ScalarOptional(new Scalar(SMOOTHEST)));
            return scope.keep(moved.add(blurred.sub(moved).mul(amount)).add(colours));
        }
    }

    /** @return (b, c, h, w), pictures of any size sampled at {@code places} */
    static Tensor sample(Tensor pictures, Tensor places) {
        return torch.grid_sampler(pictures, places.permute(0, 2, 3, 1), BILINEAR, REPEAT_BORDER, false);
    }
}
