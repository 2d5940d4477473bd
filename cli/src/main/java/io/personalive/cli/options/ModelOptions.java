package io.personalive.cli.options;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.Placement;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model a verb loads, and how it computes. */
public final class ModelOptions {
    @Option(names = "--model", paramLabel = "MODEL", defaultValue = "nano",
            description = "A folder with the authors' checkpoints or with a model.json, nano, or synthetic:NAME for weights "
                    + "that mean nothing (personalive, mini, micro, or a model.json) (default: ${DEFAULT-VALUE}).")
    private String model;

    @Mixin
    private ComputeOptions compute;

    /**
     * Finds the model; reads its configuration only.
     *
     * @throws IllegalArgumentException if there is no such model
     */
    public ModelSource source() {
        return ModelSource.parse(model);
    }

    /** As {@link ComputeOptions#placement}. */
    public Placement placement() {
        return compute.placement();
    }
}
