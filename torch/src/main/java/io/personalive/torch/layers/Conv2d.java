package io.personalive.torch.layers;

import io.personalive.torch.FlopCounter;
import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A convolution over pictures with square kernels. */
public final class Conv2d {
    private static final long[] NO_DILATION = {1, 1};

    private final Tensor weight;
    private final TensorOptional bias;
    private final long kernel, stride, padding, groups;

    private Conv2d(Tensor weight, TensorOptional bias, long stride, long padding, long groups) {
        this.weight = weight;
        this.bias = bias;
        this.kernel = weight.size(3);
        this.stride = stride;
        this.padding = padding;
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
            if (stride > 1 && outputWidth(images.size(3)) == 1) {
                // oneDNN's bfloat16 kernels for matrix units give wrong numbers for a single column: compute two, keep one
                Tensor wider = torch.constant_pad_nd(images, 0, stride);
                return scope.keep(convolve(wider).narrow(3, 0, 1).contiguous(MemoryFormat.ChannelsLast));
            }
            return scope.keep(convolve(images));
        }
    }

    /**
     * The same, of pictures that are made twice as large before, every pixel four times.
     *
     * @param images (b, in, h, w)
     * @return (b, out, h', w'), of pictures (b, in, 2h, 2w)
     */
    public Tensor forwardEnlarged(Tensor images) {
        try (Scope scope = new Scope()) {
            return scope.keep(same() && FoldedUpsampling.pays(images, weight)
                    ? FoldedUpsampling.convolve(images, weight, bias) : forward(Upsample.nearestTwice(images)));
        }
    }

    /** Whether it is a 3x3 convolution that keeps the size. */
    private boolean same() {
        return kernel == 3 && stride == 1 && padding == 1 && groups == 1;
    }

    private Tensor convolve(Tensor images) {
        if (same() && Pass.inference() && !images.is_cuda()
                && images.scalar_type().intern() == ScalarType.Float && Winograd.pays(images, weight)) {
            return Winograd.convolve(images, weight, bias.has_value() ? bias.get() : null);
        }
        Tensor out = torch.conv2d(images, weight, bias, new long[] {stride, stride}, new long[] {padding, padding},
                NO_DILATION, groups);
        FlopCounter.add(2 * out.numel() * weight.size(1) * kernel * kernel);
        return out;
    }

    private long outputWidth(long width) {
        return (width + 2 * padding - kernel) / stride + 1;
    }
}
