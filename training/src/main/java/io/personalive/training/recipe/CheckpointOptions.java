package io.personalive.training.recipe;

/**
 * When a run is written down.
 *
 * @param checkpointEvery   so many steps; 0 for never by steps
 * @param checkpointMinutes and after so many minutes; 0 for never by time
 * @param checkpointsKept   the newest ones; the best is kept besides
 * @param samplesEvery      steps between sheets of pictures; 0 for none
 * @param validationBatches of the val split that the loss is measured on at a checkpoint, to find the best; 0 for none
 */
public record CheckpointOptions(int checkpointEvery, double checkpointMinutes, int checkpointsKept, int samplesEvery,
        int validationBatches) {
    /** @throws IllegalArgumentException naming the option that can't be, and what would be right */
    public CheckpointOptions {
        Checks.atLeast("checkpoint_every", checkpointEvery, 0);
        Checks.within("checkpoint_minutes", checkpointMinutes, 0, Double.MAX_VALUE);
        Checks.atLeast("checkpoints_kept", checkpointsKept, 1);
        Checks.atLeast("samples_every", samplesEvery, 0);
        Checks.atLeast("validation_batches", validationBatches, 0);
    }

    public static CheckpointOptions usual() {
        return new CheckpointOptions(500, 15, 2, 500, 0);
    }
}
