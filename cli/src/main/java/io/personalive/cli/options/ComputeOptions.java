package io.personalive.cli.options;

import io.personalive.animation.model.Placement;
import io.personalive.cli.console.UserError;
import picocli.CommandLine.Option;

/** Where and in which precision a verb computes. */
public final class ComputeOptions {
    @Option(names = "--device", paramLabel = "D", defaultValue = "auto",
            description = "auto, cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--precision", paramLabel = "P", defaultValue = "auto",
            description = "auto, float32, bfloat16 or float16 (default: ${DEFAULT-VALUE}).")
    private String precision;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "Processor threads to compute with; 0 leaves the choice to the machine (default: ${DEFAULT-VALUE}).")
    private int threads;

    /**
     * Sets the number of threads too.
     *
     * @throws IllegalArgumentException if there is no such device or precision
     */
    public Placement placement() {
        if (threads < 0 || threads > 1024) {
            throw new UserError("--threads " + threads + ": give 1 to 1024, or 0 for the machine's choice");
        }
        Placement chosen = Placement.parse(device, precision);
        if (threads > 0) {
            Placement.useThreads(threads);
        }
        return chosen;
    }
}
