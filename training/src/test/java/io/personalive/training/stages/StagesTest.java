package io.personalive.training.stages;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.model.ModelSource;
import io.personalive.torch.Device;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.run.FixedBatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StagesTest {
    @TempDir
    Path folder;
    private Path data;

    @BeforeEach
    void draw() throws Exception {
        data = DrawnPeople.pack(folder.resolve("data"));
    }

    @Test
    void theMotionExtractorHalvesTheLossOfAFixedBatch() throws Exception {
        halves(StageName.MOTION_EXTRACTOR, TinyModel.in(folder), 1e-3);
    }

    @Test
    void stage1HalvesTheLossOfAFixedBatch() throws Exception {
        halves(StageName.STAGE1, TinyModel.in(folder), 3e-3);
    }

    /** The picture stages need an autoencoder that can show what is wanted. */
    @Test
    void theAutoencoderThenStages2And3HalveTheLossOfAFixedBatch() throws Exception {
        Path model = folder.resolve("model");
        try (Stage stage = open(StageName.AUTOENCODER, TinyModel.in(folder))) {
            List<Double> losses = FixedBatch.losses(stage, data, 2e-3, 60, 0.1);
            assertHalved(StageName.AUTOENCODER, losses);
            stage.export(model);
        }
        halves(StageName.STAGE2, ModelSource.parse(model.toString()), 1e-3);
        halves(StageName.STAGE3, ModelSource.parse(model.toString()), 1e-3);
    }

    private void halves(StageName name, ModelSource model, double learningRate) throws Exception {
        try (Stage stage = open(name, model)) {
            assertHalved(name, FixedBatch.losses(stage, data, learningRate, 60, 0.5));
        }
    }

    private static void assertHalved(StageName name, List<Double> losses) {
        assertTrue(losses.get(losses.size() - 1) <= losses.get(0) / 2, () -> name + ": " + losses);
    }

    private static Stage open(StageName name, ModelSource model) {
        Recipe recipe = Recipe.of(name.defaults());
        if (recipe.toml().contains("discriminator_width")) {
            recipe = recipe.set("discriminator_width=4");
        }
        return name.open(new StartModel(model, StartOptions.usual(), Device.CPU), recipe);
    }
}
