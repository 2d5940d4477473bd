package io.personalive.training.stages;

import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Batch;
import java.util.List;
import java.util.Map;

/** Something that is made small, and the networks that are trained for it. */
public interface Objective {
    /** What it is called in files: a word. */
    String name();

    /** Its networks, built trainable, by name; the same at every call. They stay the stage's. */
    Map<String, ? extends Weights.Loaded<?>> networks();

    /** Which of their parameters are trained, unless the recipe says otherwise: a pattern for {@code network/tensor}. */
    default String trained() {
        return "*";
    }

    /** Names of what {@link Loss#parts} holds. */
    List<String> parts();

    /**
     * Runs with gradients for these networks alone.
     *
     * @param draws the random numbers of this batch, and the only ones that may be used
     * @return the mean over the batch's samples, in the caller's scope
     */
    Loss loss(Batch batch, Draws draws);
}
