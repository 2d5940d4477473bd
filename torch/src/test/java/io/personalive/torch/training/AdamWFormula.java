package io.personalive.torch.training;

/** The steps of AdamW for one tensor, in double, as the paper writes them. Loshchilov and Hutter 2019, algorithm 2. */
public final class AdamWFormula {
    private final AdamW.Options options;
    private final double decay;
    private final double[] value, mean, square;
    private int step;

    public AdamWFormula(float[] begin, AdamW.Options options, double decay) {
        this.options = options;
        this.decay = decay;
        value = new double[begin.length];
        mean = new double[begin.length];
        square = new double[begin.length];
        for (int i = 0; i < begin.length; i++) {
            value[i] = begin[i];
        }
    }

    /** @return the values after a step with this gradient */
    public float[] step(float[] gradient, double rate) {
        step++;
        float[] after = new float[value.length];
        for (int i = 0; i < value.length; i++) {
            value[i] -= rate * decay * value[i];
            mean[i] = options.beta1() * mean[i] + (1 - options.beta1()) * gradient[i];
            square[i] = options.beta2() * square[i] + (1 - options.beta2()) * gradient[i] * gradient[i];
            double unbiasedMean = mean[i] / (1 - Math.pow(options.beta1(), step));
            double unbiasedSquare = square[i] / (1 - Math.pow(options.beta2(), step));
            value[i] -= rate * unbiasedMean / (Math.sqrt(unbiasedSquare) + options.epsilon());
            after[i] = (float) value[i];
        }
        return after;
    }
}
