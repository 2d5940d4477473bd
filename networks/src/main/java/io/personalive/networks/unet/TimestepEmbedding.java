package io.personalive.networks.unet;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Linear;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A timestep as a sinusoid, then two linear layers. Ho et al. 2020, section 3.3; cosines first as in Stable Diffusion. */
final class TimestepEmbedding {
    private static final double LONGEST_PERIOD = 10000;

    private final Tensor frequencies;
    private final Linear linear1, linear2;
    private final ScalarType type;

    TimestepEmbedding(Weights at, UNetConfig config) {
        int width = config.channels().get(0);
        int half = width / 2;
        float[] values = new float[half];
        for (int i = 0; i < half; i++) {
            values[i] = (float) Math.exp(-Math.log(LONGEST_PERIOD) * i / half);
        }
        frequencies = at.own(Tensors.to(Tensors.of(values, 1, half), at.device(), ScalarType.Float));
        linear1 = Linear.of(at.at("linear_1"), width, config.timeWidth());
        linear2 = Linear.of(at.at("linear_2"), config.timeWidth(), config.timeWidth());
        type = at.type();
    }

    /**
     * @param timesteps (f) or (b*f), int64
     * @return (as many, 4 * first width)
     */
    Tensor forward(Tensor timesteps) {
        try (Scope scope = new Scope()) {
            Tensor phases = timesteps.to(ScalarType.Float).unsqueeze(1).mul(frequencies);
            Tensor sinusoid = Tensors.to(Tensors.cat(1, phases.cos(), phases.sin()), type);
            return scope.keep(linear2.forward(Activation.silu(linear1.forward(sinusoid))));
        }
    }
}
