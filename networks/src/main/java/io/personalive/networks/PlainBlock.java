package io.personalive.networks;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** Two 3x3 convolutions around a skip connection, without norms: a picture and a part of it give the same. He et al. 2016. */
public final class PlainBlock {
    private final Conv2d conv1, conv2;

    public PlainBlock(Weights at, long channels) {
        conv1 = Conv2d.same(at.at("conv1"), channels, channels);
        conv2 = Conv2d.same(at.at("conv2"), channels, channels);
    }

    /**
     * @param x (b, channels, h, w), any numbers
     * @return the same shape, not below zero
     */
    public Tensor forward(Tensor x) {
        try (Scope scope = new Scope()) {
            Tensor hidden = conv2.forward(Activation.relu(conv1.forward(x)));
            return scope.keep(Activation.relu(Activation.add(hidden, x)));
        }
    }
}
