package io.personalive.networks.unet;

import io.personalive.networks.ResnetBlock;
import io.personalive.torch.Scope;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** A residual block to which every frame's timestep adds a shift. */
final class TimedResnet implements Stage {
    private static final double EPSILON = 1e-5;

    private final int number;
    private final ResnetBlock block;
    private final Linear timeProjection;

    /** @param number of the residual block, in the order of computation */
    TimedResnet(Weights at, UNetConfig config, long in, long out, int number) {
        this.number = number;
        block = new ResnetBlock(at, in, out, config.groups(), EPSILON);
        timeProjection = Linear.of(at.at("time_emb_proj"), config.timeWidth(), out);
    }

    /**
     * @param activated (f or b*f, time width), after SiLU
     * @return (as many, out, 1, 1)
     */
    Tensor shift(Tensor activated) {
        try (Scope scope = new Scope()) {
            return scope.keep(timeProjection.forward(activated).unsqueeze(2).unsqueeze(3));
        }
    }

    @Override
    public Tensor forward(Tensor x, Conditioning conditioning) {
        try (Scope scope = new Scope()) {
            return scope.keep(block.forward(x, conditioning.time().shift(number, x.size(0))));
        }
    }
}
