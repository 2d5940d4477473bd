package io.personalive.torch.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Changing the size of pictures. */
public final class Upsample {
    private Upsample() {}

    /** @return (b, c, 2h, 2w), every pixel four times */
    public static Tensor nearestTwice(Tensor images) {
        return torch.upsample_nearest2d(images, 2 * images.size(2), 2 * images.size(3));
    }

    /**
     * Bilinear, pixel centres aligned by area (align_corners false), without antialiasing.
     *
     * @param images (b, c, h, w)
     * @return (b, c, height, width)
     */
    public static Tensor bilinear(Tensor images, long height, long width) {
        return torch.upsample_bilinear2d(images, new long[] {height, width}, false);
    }
}
