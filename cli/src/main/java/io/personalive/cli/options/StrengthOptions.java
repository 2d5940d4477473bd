package io.personalive.cli.options;

import picocli.CommandLine.Option;

/** How much of the driver's movement a portrait makes. */
public final class StrengthOptions {
    @Option(names = "--expression-strength", paramLabel = "X", defaultValue = "1",
            description = "0 keeps the portrait's expression, 1 is as the driver, up to 5 exaggerates (default: ${DEFAULT-VALUE}).")
    private float expression;

    @Option(names = "--head-strength", paramLabel = "X", defaultValue = "1",
            description = "The same for head movement (default: ${DEFAULT-VALUE}).")
    private float head;

    public float expression() {
        return expression;
    }

    public float head() {
        return head;
    }
}
