package io.personalive.training.stages;

import io.personalive.animation.model.NearestName;
import io.personalive.training.losses.Lpips;
import io.personalive.training.losses.PerceptualDistance;
import io.personalive.training.losses.PyramidDistance;
import io.personalive.training.recipe.Recipe;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;

/** The stages that there are. */
public enum StageName {
    AUTOENCODER("autoencoder", List.of(AutoencoderStage.Options.usual(), Usual.PICTURES),
            (start, recipe) -> new AutoencoderStage(start, recipe.options(AutoencoderStage.Options.class),
                    recipe.options(PictureObjectives.Options.class), Usual.perceptual(start, recipe))),
    MOTION_EXTRACTOR("motion-extractor", List.of(MotionExtractorStage.Options.usual()),
            (start, recipe) -> new MotionExtractorStage(start, recipe.options(MotionExtractorStage.Options.class))),
    PAINTER("painter", List.of(PaintStage.Options.usual(), Usual.PICTURES),
            (start, recipe) -> new PaintStage(start, recipe.options(PaintStage.Options.class),
                    recipe.options(PictureObjectives.Options.class), Usual.perceptual(start, recipe))),
    LAYERS("layers", List.of(LayerStage.Options.usual(), Usual.PICTURES),
            (start, recipe) -> new LayerStage(start, recipe.options(LayerStage.Options.class),
                    recipe.options(PictureObjectives.Options.class), Usual.perceptual(start, recipe))),
    STAGE1("stage1", List.of(HybridMotionStage.Options.usual()),
            (start, recipe) -> new HybridMotionStage(start, recipe.options(HybridMotionStage.Options.class))),
    STAGE2("stage2", List.of(HybridMotionStage.Options.usual(), Usual.PICTURES),
            (start, recipe) -> new DistillationStage(start, recipe.options(HybridMotionStage.Options.class),
                    recipe.options(PictureObjectives.Options.class), Usual.perceptual(start, recipe))),
    STAGE3("stage3", List.of(SlidingStage.Options.usual(), HybridMotionStage.Options.usual(), Usual.PICTURES),
            (start, recipe) -> new SlidingStage(start, recipe.options(SlidingStage.Options.class),
                    recipe.options(HybridMotionStage.Options.class), recipe.options(PictureObjectives.Options.class),
                    Usual.perceptual(start, recipe)));

    /** What stages share: the weights of the paper, and LPIPS where its weights are given. */
    private static final class Usual {
        static final PictureObjectives.Options PICTURES = new PictureObjectives.Options(1, 2, "", 0.05, 32, 10, 0.1);

        static PerceptualDistance perceptual(StartModel start, Recipe recipe) {
            String files = recipe.options(PictureObjectives.Options.class).perceptualWeights();
            return files.isEmpty() ? new PyramidDistance()
                    : Lpips.load(Arrays.stream(files.split(",")).map(file -> Path.of(file.strip())).toList(), start.device());
        }
    }

    private final String text;
    private final List<Record> defaults;
    private final BiFunction<StartModel, Recipe, Stage> opening;

    StageName(String text, List<Record> defaults, BiFunction<StartModel, Recipe, Stage> opening) {
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
    public List<Record> defaults() {
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
