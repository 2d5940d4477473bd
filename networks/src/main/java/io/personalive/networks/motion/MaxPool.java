package io.personalive.networks.motion;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Pooling by the largest value. */
final class MaxPool {
    private static final long[] SIDE = {2, 2}, NO_PADDING = {0, 0}, NO_DILATION = {1, 1};

    private MaxPool() {}

    /** @return (b, c, h/2, w/2), sizes rounded down: the largest of each 2x2 square */
    static Tensor half(Tensor images) {
        return torch.max_pool2d(images, SIDE, SIDE, NO_PADDING, NO_DILATION, false);
    }
}
