package io.personalive.torch.weights;

/** What the batch norms of a trained network go by. */
public enum BatchStatistics {
    /** The running statistics, which stay as they are. */
    FROZEN,
    /** Each batch's own mean and variance, which the running statistics follow. */
    LEARNED
}
