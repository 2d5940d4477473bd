package io.personalive.training.recipe;

/**
 * How the weights move.
 *
 * @param steps          after which the training is complete, and the learning rate at its end
 * @param batch          samples of a process's pass
 * @param accumulation   passes of a step
 * @param learningRate   of AdamW, at its highest
 * @param opponentRate   the discriminator's, as a multiple of it
 * @param warmUp         steps in which it rises
 * @param finalRate      what of it is left at the end of its cosine, 0 to 1
 * @param weightDecay    of all tensors with more than one dimension
 * @param beta1          of AdamW
 * @param beta2          of AdamW
 * @param epsilon        of AdamW
 * @param clip           length of the gradient at most; 0 for any
 * @param average        part of the moving average of the weights that stays at each step; 0 for no average
 * @param autocast       {@code auto}: bfloat16 where the hardware multiplies it; {@code off}: float32
 * @param recompute      whether activations are computed again in the backward pass instead of being held: less memory,
 *                       more time
 * @param divergesAt     the training stops when the loss is so many times its running mean
 */
public record OptimiserOptions(long steps, int batch, int accumulation, double learningRate, double opponentRate, int warmUp,
        double finalRate, double weightDecay, double beta1, double beta2, double epsilon, double clip, double average,
        String autocast, boolean recompute, double divergesAt) {
    /** @throws IllegalArgumentException naming the option that can't be, and what would be right */
    public OptimiserOptions {
        Checks.atLeast("steps", steps, 1);
        Checks.atLeast("batch", batch, 1);
        Checks.atLeast("accumulation", accumulation, 1);
        Checks.within("learning_rate", learningRate, 0, 1);
        Checks.within("opponent_rate", opponentRate, 0, 1000);
        Checks.atLeast("warm_up", warmUp, 0);
        Checks.within("final_rate", finalRate, 0, 1);
        Checks.within("weight_decay", weightDecay, 0, 1);
        Checks.within("clip", clip, 0, Double.MAX_VALUE);
        Checks.within("average", average, 0, 1);
        if (!autocast.equals("auto") && !autocast.equals("off")) {
            throw new IllegalArgumentException("autocast is '" + autocast + "', expected auto or off");
        }
        if (!(divergesAt > 1)) {
            throw new IllegalArgumentException("diverges_at is " + divergesAt + ", expected more than 1");
        }
    }

    /** For a small model on an ordinary machine. */
    public static OptimiserOptions usual() {
        return new OptimiserOptions(10_000, 4, 1, 1e-4, 1, 100, 0.05, 0.01, 0.9, 0.999, 1e-8, 1, 0.999, "auto", false, 50);
    }

    /** @param step from 1. @return the learning rate of a step */
    public double rate(long step) {
        if (step <= warmUp) {
            return learningRate * step / warmUp;
        }
        double past = Math.min(1, (step - warmUp) / (double) Math.max(1, steps - warmUp));
        return learningRate * (finalRate + (1 - finalRate) * (1 + Math.cos(Math.PI * past)) / 2);
    }
}
