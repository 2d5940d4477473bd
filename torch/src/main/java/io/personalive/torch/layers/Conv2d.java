package io.personalive.torch.layers;

import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution over pictures with square kernels. */
public final class Conv2d {
    private static final long[] NO_DILATION = {1, 1};

    private final Tensor weight;
    private final TensorOptional bias;
    private final long[] stride, padding;
    private final long groups;

    private Conv2d(Tensor weight, TensorOptional bias, long stride, long padding, long groups) {
        this.weight = weight;
        this.bias = bias;
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
        this.groups = groups;
    }

    /** With bias. */
    public static Conv2d of(Weights at, long in, long out, long kernel, long stride, long padding) {
        return new Conv2d(at.get("weight", out, in, kernel, kernel), at.own(new TensorOptional(at.get("bias", out))),
                stride, padding, 1);
    }

    /** Without bias. */
    public static Conv2d withoutBias(Weights at, long in, long out, long kernel, long stride, long padding) {
        return new Conv2d(at.get("weight", out, in, kernel, kernel), at.own(new TensorOptional()), stride, padding, 1);
    }

    /** 3x3, stride 1, one zero on every side: the size stays; with bias. */
    public static Conv2d same(Weights at, long in, long out) {
        return of(at, in, out, 3, 1, 1);
    }

    /** Each channel for itself, the size stays; with bias. */
    public static Conv2d depthwise(Weights at, long channels, long kernel) {
        return new Conv2d(at.get("weight", channels, 1, kernel, kernel),
                at.own(new TensorOptional(at.get("bias", channels))), 1, kernel / 2, channels);
    }

    /**
     * @param images (b, in, h, w)
     * @return (b, out, h', w')
     */
    public Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            return scope.keep(torch.conv2d(images, weight, bias, stride, padding, NO_DILATION, groups));
        }
    }
}
