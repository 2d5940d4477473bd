package io.personalive.networks.autoencoder;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Brings latents to about unit variance, and back; in float32, rounded to the latents' number format at the end. */
final class LatentScaling {
    private final Tensor mean, deviation;

    /** @param at whose memory the numbers go with */
    LatentScaling(Weights at, LatentConfig latents) {
        mean = perChannel(at, latents.mean());
        deviation = perChannel(at, latents.deviation());
    }

    /** @return (b, c, h, w), of latents (b, c, h, w) as the encoder gives them */
    Tensor scale(Tensor latents) {
        try (Scope scope = new Scope()) {
            return scope.keep(Tensors.to(latents.sub(mean).div(deviation), latents.scalar_type()));
        }
    }

    /** The reverse of {@link #scale}. */
    Tensor unscale(Tensor scaled) {
        try (Scope scope = new Scope()) {
            return scope.keep(Tensors.to(scaled.mul(deviation).add(mean), scaled.scalar_type()));
        }
    }

    private static Tensor perChannel(Weights at, List<Double> numbers) {
        float[] values = new float[numbers.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = numbers.get(i).floatValue();
        }
        return at.own(Tensors.to(Tensors.of(values, 1, values.length, 1, 1), at.device(), ScalarType.Float));
    }
}
