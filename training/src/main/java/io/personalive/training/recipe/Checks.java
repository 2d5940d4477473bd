package io.personalive.training.recipe;

/** Complaints about options: the name, its value and what would be right. */
public final class Checks {
    private Checks() {}

    /** @throws IllegalArgumentException if the value is below the least */
    public static void atLeast(String option, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(option + " is " + value + ", expected " + least + " or more");
        }
    }

    /** @throws IllegalArgumentException unless the value is from the least to the most */
    public static void within(String option, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(option + " is " + value + ", expected "
                    + (most == Double.MAX_VALUE ? least + " or more" : "from " + least + " to " + most));
        }
    }
}
