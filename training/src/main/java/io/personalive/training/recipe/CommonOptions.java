package io.personalive.training.recipe;

import java.util.ArrayList;
import java.util.List;

/** What every training can be told. */
public final class CommonOptions {
    private CommonOptions() {}

    /** @param ofTheStage what this one can be told besides. @return a recipe of defaults */
    public static Recipe with(List<? extends Record> ofTheStage) {
        List<Record> all = new ArrayList<>(List.of(StartOptions.usual(), OptimiserOptions.usual(), DataOptions.usual(),
                CheckpointOptions.usual()));
        all.addAll(ofTheStage);
        return Recipe.of(all);
    }
}
