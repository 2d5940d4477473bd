package io.personalive.animation.schedule;

import io.personalive.torch.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How much noise a latent holds at each timestep, and the deterministic step that takes some away. The schedule is
 * Stable Diffusion's "scaled linear"; the step is DDIM's with eta 0 (Song et al. 2020). Both compute in float32 and
 * round to the latents' number format at the end.
 */
public final class NoiseSchedule {
    private static final int STEPS = 1000;
    private static final double FIRST_BETA = 0.00085, LAST_BETA = 0.02;

    private final double[] signal = new double[STEPS];

    public NoiseSchedule() {
        double first = Math.sqrt(FIRST_BETA);
        double last = Math.sqrt(LAST_BETA);
        double product = 1;
        for (int t = 0; t < STEPS; t++) {
            double root = first + (last - first) * t / (STEPS - 1);
            product *= 1 - root * root;
            signal[t] = product;
        }
    }

    /** @return the share of the signal's power at a timestep: the cumulative product of (1 - beta); 1 before the first */
    public double signal(int timestep) {
        return timestep < 0 ? 1 : signal[timestep];
    }

    /**
     * @param latents clean, scaled, any shape
     * @param noise   standard normal, of a shape that broadcasts with the latents'
     * @return sqrt(abar) latents + sqrt(1 - abar) noise, in the latents' number format
     */
    public Tensor addNoise(Tensor latents, Tensor noise, int timestep) {
        try (Scope scope = new Scope()) {
            Tensor mixed = latents.to(ScalarType.Float).mul(root(signal(timestep)))
                    .add(noise.to(ScalarType.Float).mul(root(1 - signal(timestep))));
            return scope.keep(mixed.to(latents.scalar_type()));
        }
    }

    /**
     * @param latents  noisy at {@code timestep}
     * @param noise    the network's prediction, same shape
     * @param timestep where the latents are
     * @param previous where they go; below 0 for clean
     * @return the latents at {@code previous}
     */
    public Tensor step(Tensor latents, Tensor noise, int timestep, int previous) {
        try (Scope scope = new Scope()) {
            Tensor epsilon = noise.to(ScalarType.Float);
            Tensor clean = latents.to(ScalarType.Float).sub(epsilon.mul(root(1 - signal(timestep))))
                    .div(root(signal(timestep)));
            Tensor next = clean.mul(root(signal(previous))).add(epsilon.mul(root(1 - signal(previous))));
            return scope.keep(next.to(latents.scalar_type()));
        }
    }

    private static Scalar root(double power) {
        return new Scalar((float) Math.sqrt(power));
    }
}
