package io.personalive.training.stages;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.run.FixedBatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StagesTest {
    @TempDir
    Path folder;

    /** A discriminator as small as the model. */
    private static Recipe small(Recipe recipe) {
        return recipe.toml().contains("discriminator_width") ? recipe.set("discriminator_width=4") : recipe;
    }

    @ParameterizedTest
    @EnumSource
    void halvesTheLossOfAFixedBatch(StageName name) throws Exception {
        Path data = DrawnPeople.pack(folder.resolve("data"));
        Recipe recipe = small(Recipe.of(name.defaults()));
        StartModel start = new StartModel(TinyModel.in(folder), StartOptions.usual(), Device.CPU);
        try (Stage stage = name.open(start, recipe)) {
            List<Double> losses = FixedBatch.losses(stage, data, 1e-3, 60);
            System.err.println(name + " " + losses);
            assertTrue(losses.get(losses.size() - 1) <= losses.get(0) / 2, () -> name + ": " + losses);
        }
    }
}
