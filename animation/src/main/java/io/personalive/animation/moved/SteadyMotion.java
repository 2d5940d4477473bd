package io.personalive.animation.moved;

/**
 * Steadies numbers that are read off a video, frame by frame: a low-pass whose cut-off rises with speed, so that a face
 * at rest stands still and a fast one isn't held back. Casiez, Roussel and Vogel 2012 (the one-euro filter). Each number
 * has its own; the speed is counted in frames.
 */
final class SteadyMotion {
    /** How fast the estimate of a speed follows. */
    private static final double SPEED_WEIGHT = 0.5;

    private final double least;
    private final double[] noise;
    private double[] value, speed;

    /**
     * @param least weight of the newest frame for a number that rests
     * @param noise of each number, its standard deviation from frame to frame: a speed that is large against it counts
     */
    SteadyMotion(double least, double[] noise) {
        this.least = least;
        this.noise = noise;
    }

    /** @param numbers of the next frame, replaced by the steady ones */
    void steady(float[] numbers) {
        if (value == null) {
            value = new double[numbers.length];
            speed = new double[numbers.length];
            for (int i = 0; i < numbers.length; i++) {
                value[i] = numbers[i];
            }
            return;
        }
        for (int i = 0; i < numbers.length; i++) {
            double step = numbers[i] - value[i];
            speed[i] += SPEED_WEIGHT * (step - speed[i]);
            double fast = Math.abs(speed[i]) / noise[i];
            value[i] += Math.min(1, least + (1 - least) * fast * fast / 9) * step;
            numbers[i] = (float) value[i];
        }
    }

    /** Begins anew with the next frame, as after a cut. */
    void restart() {
        value = null;
    }
}
