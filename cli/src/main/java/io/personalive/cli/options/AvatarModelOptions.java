package io.personalive.cli.options;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.model.Placement;
import io.personalive.cli.console.UserError;
import io.personalive.live.AvatarModel;
import java.util.function.Consumer;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which model of any kind a verb animates portraits with, and how it computes. */
public final class AvatarModelOptions {
    @Mixin
    private ModelOptions model;

    @Option(names = "--tiny-autoencoder", description = "Use the tiny autoencoder: faster, less sharp.")
    private boolean tiny;

    /** A model that was loaded. @param computes where and how, such as {@code cpu, float32} */
    public record Loaded(AvatarModel model, String computes) {}

    /**
     * Finds the model; reads its configuration only.
     *
     * @throws UserError if it lacks the tiny autoencoder that is asked for
     * @throws IllegalArgumentException if there is no such model
     */
    public ModelSource source() {
        ModelSource source = model.source();
        if (tiny && !source.has(NetworkName.TINY_AUTOENCODER)) {
            throw new UserError(source.description() + " has no tiny autoencoder: leave out --tiny-autoencoder, or fetch it "
                    + "with ./personalive download --taesd --to " + source.description());
        }
        return source;
    }

    /** @param source of {@link #source()} @param say takes a line on what is loaded; the caller closes the model */
    public Loaded load(ModelSource source, Consumer<String> say) {
        Placement placement = model.placement();
        say.accept("loading " + source.description() + " on " + placement.device() + " in " + placement.precision());
        return new Loaded(AvatarModel.load(source, placement, tiny), placement.toString());
    }
}
