package io.personalive.training.stages;

import io.personalive.networks.NearestName;
import io.personalive.training.recipe.Recipe;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** The stages that there are. */
public enum StageName {
    STAGE1("stage1", HybridMotionStage.Options.usual(),
            (start, recipe) -> new HybridMotionStage(start, recipe.options(HybridMotionStage.Options.class)));

    private final String text;
    private final Record defaults;
    private final BiFunction<StartModel, Recipe, Stage> opening;

    StageName(String text, Record defaults, BiFunction<StartModel, Recipe, Stage> opening) {
        this.text = text;
        this.defaults = defaults;
        this.opening = opening;
    }

    /** @throws IllegalArgumentException if there is no such stage, saying which there are */
    public static StageName parse(String text) {
        List<String> names = Arrays.stream(values()).map(StageName::toString).toList();
        if (!names.contains(text)) {
            throw new IllegalArgumentException("there is no stage '" + text + "', perhaps " + NearestName.of(text, names)
                    + " is meant; there are " + String.join(", ", names));
        }
        return values()[names.indexOf(text)];
    }

    /** What the stage can be told, beside what all stages can be told. */
    public Record defaults() {
        return defaults;
    }

    /** Builds the stage's networks; the caller closes it. */
    public Stage open(StartModel start, Recipe recipe) {
        return opening.apply(start, recipe);
    }

    @Override
    public String toString() {
        return text;
    }
}
