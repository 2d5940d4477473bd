package io.personalive.networks;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.weights.Weights;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** Two normalised 3x3 convolutions around a skip connection, as in Stable Diffusion. He et al. 2015. */
public final class ResnetBlock {
    private final GroupNorm norm1, norm2;
    private final Conv2d conv1, conv2;
    private final UnaryOperator<Tensor> skip;

    /**
     * @param groups  of both group norms
     * @param epsilon of both group norms: 1e-6 in autoencoders, 1e-5 in UNets
     */
    public ResnetBlock(Weights at, long in, long out, long groups, double epsilon) {
        norm1 = new GroupNorm(at.at("norm1"), groups, in, epsilon);
        conv1 = Conv2d.same(at.at("conv1"), in, out);
        norm2 = new GroupNorm(at.at("norm2"), groups, out, epsilon);
        conv2 = Conv2d.same(at.at("conv2"), out, out);
        skip = in == out ? UnaryOperator.identity() : Conv2d.of(at.at("conv_shortcut"), in, out, 1, 1, 0)::forward;
    }

    /**
     * @param x (b, in, h, w)
     * @return (b, out, h, w)
     */
    public Tensor forward(Tensor x) {
        return forward(x, UnaryOperator.identity());
    }

    /**
     * @param x    (b, in, h, w)
     * @param time (b, out, 1, 1), added between the convolutions
     * @return (b, out, h, w)
     */
    public Tensor forward(Tensor x, Tensor time) {
        return forward(x, hidden -> Activation.add(hidden, time));
    }

    private Tensor forward(Tensor x, UnaryOperator<Tensor> between) {
        try (Scope scope = new Scope()) {
            Tensor hidden = conv1.forward(Activation.silu(norm1.forward(x)));
            hidden = between.apply(hidden);
            hidden = conv2.forward(Activation.silu(norm2.forward(hidden)));
            return scope.keep(Activation.add(hidden, skip.apply(x)));
        }
    }
}
