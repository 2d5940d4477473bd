package io.personalive.animation.schedule;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.List;
import java.util.function.LongToDoubleFunction;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The noise levels of some frames, on a device: adds noise, reads a network's predictions, and takes the deterministic
 * step that takes noise away (DDIM with eta 0, Song et al. 2020). All frames at once, each at its own level; computed
 * in float32 and rounded to the latents' number format at the end; differentiable where gradients are recorded.
 *
 * <p>Latents are (b, f, c, h, w). There is a level for each of the f frames, shared by all b sequences, or one for each
 * of the b*f.
 */
public final class NoiseLevels implements AutoCloseable {
    private final NoiseSchedule schedule;
    private final long[] timesteps;
    private final Device device;
    /** Roots of the signal's and of the noise's power, (levels) float32. */
    private final Tensor signal, noise;

    NoiseLevels(NoiseSchedule schedule, long[] timesteps, Device device) {
        this.schedule = schedule;
        this.timesteps = timesteps.clone();
        this.device = device;
        try (Scope scope = new Scope()) {
            signal = Scope.own(values(timestep -> Math.sqrt(schedule.signal(timestep))));
            noise = Scope.own(values(timestep -> Math.sqrt(schedule.noise(timestep))));
        }
    }

    /**
     * @param latents  (b, f, c, h, w), clean, scaled
     * @param standard standard normal noise, of a shape that broadcasts with the latents'
     * @return sqrt(abar) latents + sqrt(1 - abar) noise
     */
    public Tensor addNoise(Tensor latents, Tensor standard) {
        return mix(latents, signal, latents, noise, standard);
    }

    /**
     * @param noisy     (b, f, c, h, w)
     * @param predicted what the network gave for them, same shape
     * @return the clean latents that follow, x0
     */
    public Tensor clean(Tensor noisy, Tensor predicted) {
        switch (schedule.prediction()) {
            case EPSILON:
                try (Scope scope = new Scope()) {
                    return scope.keep(mix(noisy, signal.reciprocal(), noisy, noise.div(signal).neg(), predicted));
                }
            case V_PREDICTION:
                try (Scope scope = new Scope()) {
                    return scope.keep(mix(noisy, signal, noisy, noise.neg(), predicted));
                }
            default:
                return predicted;
        }
    }

    /**
     * @param noisy     (b, f, c, h, w)
     * @param predicted what the network gave for them, same shape
     * @return the noise that follows, e
     */
    public Tensor noise(Tensor noisy, Tensor predicted) {
        switch (schedule.prediction()) {
            case V_PREDICTION:
                return mix(noisy, noise, noisy, signal, predicted);
            case SAMPLE:
                try (Scope scope = new Scope()) {
                    return scope.keep(mix(noisy, noise.reciprocal(), noisy, signal.div(noise).neg(), predicted));
                }
            default:
                return predicted;
        }
    }

    /**
     * What a network ought to predict: the target of its training.
     *
     * @param clean    (b, f, c, h, w), scaled
     * @param standard the noise that was added to them, same shape
     * @return noise, v or clean latents, after the schedule's prediction type
     */
    public Tensor target(Tensor clean, Tensor standard) {
        switch (schedule.prediction()) {
            case V_PREDICTION:
                try (Scope scope = new Scope()) {
                    return scope.keep(mix(clean, noise.neg(), clean, signal, standard));
                }
            case SAMPLE:
                return clean;
            default:
                return standard;
        }
    }

    /**
     * Prepares the step to other levels. Its two factors are computed in double: the clean latents in between, which
     * would lose digits at either end of the schedule, are never formed.
     *
     * @param previous where each level's latents go, a cleaner timestep; below 0 for clean
     * @return the step; the caller closes it
     */
    public Step stepTo(long[] previous) {
        if (previous.length != timesteps.length) {
            throw new IllegalArgumentException("a step to " + previous.length + " levels from " + timesteps.length);
        }
        float[] ofLatents = new float[previous.length], ofPrediction = new float[previous.length];
        for (int i = 0; i < previous.length; i++) {
            double from = Math.sqrt(schedule.signal(timesteps[i])), fromNoise = Math.sqrt(schedule.noise(timesteps[i]));
            double to = Math.sqrt(schedule.signal(previous[i])), toNoise = Math.sqrt(schedule.noise(previous[i]));
            switch (schedule.prediction()) {
                case EPSILON:
                    ofLatents[i] = (float) (to / from);
                    ofPrediction[i] = (float) (toNoise - to * fromNoise / from);
                    break;
                case V_PREDICTION:
                    ofLatents[i] = (float) (to * from + toNoise * fromNoise);
                    ofPrediction[i] = (float) (toNoise * from - to * fromNoise);
                    break;
                default:
                    ofLatents[i] = (float) (toNoise / fromNoise);
                    ofPrediction[i] = (float) (to - toNoise * from / fromNoise);
            }
        }
        try (Scope scope = new Scope()) {
            return new Step(Tensors.to(Tensors.of(ofLatents, ofLatents.length), device, ScalarType.Float),
                    Tensors.to(Tensors.of(ofPrediction, ofPrediction.length), device, ScalarType.Float));
        }
    }

    /**
     * A step down the schedule.
     *
     * @param ofLatents    what the latents are multiplied by, (levels)
     * @param ofPrediction what the network's prediction is multiplied by, (levels)
     */
    public record Step(Tensor ofLatents, Tensor ofPrediction) implements AutoCloseable {
        public Step {
            List.of(ofLatents, ofPrediction).forEach(Scope::own);
        }

        /**
         * @param noisy     (b, f, c, h, w)
         * @param predicted what the network gave for them, same shape
         * @return the latents at the levels that the step goes to
         */
        public Tensor take(Tensor noisy, Tensor predicted) {
            return mix(noisy, ofLatents, noisy, ofPrediction, predicted);
        }

        @Override
        public void close() {
            List.of(ofLatents, ofPrediction).forEach(Scope::release);
        }
    }

    /** @return first x + second y, each factor a level's, in the number format of the latents */
    private static Tensor mix(Tensor latents, Tensor first, Tensor x, Tensor second, Tensor y) {
        try (Scope scope = new Scope()) {
            Tensor frames = x.size(1) > y.size(1) ? x : y;   // clean latents may be one for all frames
            Tensor mixed = byFrame(first, frames).mul(Tensors.to(x, ScalarType.Float))
                    .add(byFrame(second, frames).mul(Tensors.to(y, ScalarType.Float)));
            return scope.keep(Tensors.to(mixed, latents.scalar_type()));
        }
    }

    /** @return the factors (levels) as (1, f, 1, 1, 1) or (b, f, 1, 1, 1) */
    private static Tensor byFrame(Tensor factors, Tensor latents) {
        long levels = factors.size(0), sequences = latents.size(0), frames = latents.size(1);
        if (levels != frames && levels != sequences * frames) {
            throw new IllegalArgumentException("noise levels of " + levels + " frames don't fit latents "
                    + Tensors.describe(Tensors.shape(latents)) + ": expected one for each frame, shared by all sequences or not");
        }
        return factors.view(levels / frames, frames, 1, 1, 1);
    }

    private Tensor values(LongToDoubleFunction function) {
        float[] values = new float[timesteps.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) function.applyAsDouble(timesteps[i]);
        }
        return Tensors.to(Tensors.of(values, values.length), device, ScalarType.Float);
    }

    @Override
    public void close() {
        Scope.release(signal);
        Scope.release(noise);
    }
}
