package io.personalive.training.preparation;

/** Has workers on other machines. Those that a program carries are found by {@link java.util.ServiceLoader}. */
public interface PreparationCluster {
    /** @param master the cluster's address, or {@code local[*]} for this machine's cores */
    PreparationWorkers connect(String master);
}
