package io.personalive.training.run;

/** The running mean of the loss, and whether a new one is out of all proportion to it. */
final class LossWatch {
    private static final double KEPT = 0.98;
    /** Before so many steps the mean says little. */
    private static final int YOUNG = 20;

    private final double divergesAt;
    private double sum, weight;
    private long steps;

    LossWatch(double divergesAt) {
        this.divergesAt = divergesAt;
    }

    /** The running mean; 0 before the first step. */
    double mean() {
        return weight == 0 ? 0 : sum / weight;
    }

    /** Whether training can't have meant this loss. */
    boolean diverges(double loss) {
        return steps >= YOUNG && Math.abs(loss) > divergesAt * Math.abs(mean());
    }

    void add(double loss) {
        sum = KEPT * sum + (1 - KEPT) * loss;
        weight = KEPT * weight + (1 - KEPT);
        steps++;
    }

    /** What {@link #restore} takes. */
    String text() {
        return sum + " " + weight + " " + steps;
    }

    /** @param text as {@link #text} gave it */
    void restore(String text) {
        String[] parts = text.split(" ");
        sum = Double.parseDouble(parts[0]);
        weight = Double.parseDouble(parts[1]);
        steps = Long.parseLong(parts[2]);
    }
}
