package io.personalive.animation.schedule;

import io.personalive.torch.Device;

/**
 * How much noise a latent holds at each timestep: Stable Diffusion's "scaled linear" schedule, whose betas' roots grow
 * evenly. What is computed with it, for given timesteps, is {@link NoiseLevels}'.
 */
public final class NoiseSchedule {
    /** The authors': 1000 steps, predicting the noise. */
    public static final NoiseSchedule OFFICIAL = new NoiseSchedule(1000, 0.00085, 0.02, Prediction.EPSILON);

    private final Prediction prediction;
    /** Logarithm of the cumulative product of (1 - beta): exact also where the noise is a hair's breadth above 0. */
    private final double[] logSignal;

    /**
     * @param steps      timesteps there are, at least 1
     * @param firstBeta  share of the power that the first step replaces by noise, above 0 and below 1
     * @param lastBeta   the same of the last step, not below the first
     * @param prediction what the denoising network gives
     * @throws IllegalArgumentException naming the value that can't be, and what would be right
     */
    public NoiseSchedule(int steps, double firstBeta, double lastBeta, Prediction prediction) {
        if (steps < 1) {
            throw new IllegalArgumentException("the noise schedule has " + steps + " steps, expected 1 or more");
        }
        if (!(firstBeta > 0 && firstBeta <= lastBeta && lastBeta < 1)) {
            throw new IllegalArgumentException("the noise schedule's betas go from " + firstBeta + " to " + lastBeta
                    + ", expected 0 < first <= last < 1");
        }
        this.prediction = prediction;
        logSignal = new double[steps];
        double first = Math.sqrt(firstBeta), last = Math.sqrt(lastBeta), sum = 0;
        for (int t = 0; t < steps; t++) {
            double root = steps == 1 ? first : first + (last - first) * t / (steps - 1);
            sum += Math.log1p(-root * root);
            logSignal[t] = sum;
        }
    }

    /** How many timesteps there are. */
    public int steps() {
        return logSignal.length;
    }

    /** What the denoising network predicts. */
    public Prediction prediction() {
        return prediction;
    }

    /** @return the share of the signal's power at a timestep, abar: the product of all (1 - beta); 1 before the first */
    public double signal(long timestep) {
        return timestep < 0 ? 1 : Math.exp(logSignal[index(timestep)]);
    }

    /** @return the share of the noise's power at a timestep, 1 - abar; 0 before the first */
    public double noise(long timestep) {
        return timestep < 0 ? 0 : -Math.expm1(logSignal[index(timestep)]);
    }

    /**
     * @param timesteps one for each frame
     * @param device    where the latents are
     * @return what is needed to add noise and to read predictions there; the caller closes it
     */
    public NoiseLevels levels(long[] timesteps, Device device) {
        return new NoiseLevels(this, timesteps, device);
    }

    private int index(long timestep) {
        if (timestep >= logSignal.length) {
            throw new IllegalArgumentException("timestep " + timestep + " is beyond the noise schedule's "
                    + logSignal.length + " steps: the last is " + (logSignal.length - 1));
        }
        return (int) timestep;
    }
}
