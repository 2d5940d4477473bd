package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.BatchNorm2d;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.weights.Weights;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Three pre-activated convolutions, each feeding the next, whose outputs together are the block's, plus a skip.
 * Bulat and Tzimiropoulos 2017 (hierarchical, parallel and multi-scale residual block).
 */
final class MultiScaleBlock {
    private final NormalisedConvolution first, second, third;
    private final UnaryOperator<Tensor> skip;

    MultiScaleBlock(Weights at, long in, long out) {
        first = new NormalisedConvolution(at.at("bn1"), 1e-5, at.at("conv1"), in, out / 2, 3);
        second = new NormalisedConvolution(at.at("bn2"), 1e-5, at.at("conv2"), out / 2, out / 4, 3);
        third = new NormalisedConvolution(at.at("bn3"), 1e-5, at.at("conv3"), out / 4, out / 4, 3);
        skip = in == out
                ? UnaryOperator.identity()
                : new NormalisedConvolution(at.at("downsample.0"), 1e-4, at.at("downsample.2"), in, out, 1)::forward;
    }

    /**
     * @param images (b, in, h, w)
     * @return (b, out, h, w)
     */
    Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor half = first.forward(images);
            Tensor quarter = second.forward(half);
            Tensor last = third.forward(quarter);
            return scope.keep(Activation.add(Tensors.cat(1, half, quarter, last), skip.apply(images)));
        }
    }

    /** Batch norm, ReLU, a convolution without bias that keeps the size. */
    private static final class NormalisedConvolution {
        private final BatchNorm2d norm;
        private final Conv2d convolution;

        NormalisedConvolution(Weights norm, double epsilon, Weights convolution, long in, long out, long kernel) {
            this.norm = new BatchNorm2d(norm, in, epsilon);
            this.convolution = Conv2d.withoutBias(convolution, in, out, kernel, 1, kernel / 2);
        }

        Tensor forward(Tensor images) {
            try (Scope scope = new Scope()) {
                return scope.keep(convolution.forward(Activation.relu(norm.forward(images))));
            }
        }
    }
}
