package io.personalive.spark;

import io.personalive.training.preparation.PreparationCluster;
import io.personalive.training.preparation.PreparationWorkers;

/** A cluster that Apache Spark knows, or this machine's cores under Spark's direction. */
public final class SparkCluster implements PreparationCluster {
    /**
     * @param master as Spark names it: {@code local[*]}, {@code spark://host:7077}, {@code yarn}, {@code k8s://…}
     * @throws IllegalArgumentException if there is no such master
     */
    @Override
    public PreparationWorkers connect(String master) {
        return new SparkWorkers(master);
    }
}
