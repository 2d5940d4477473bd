package io.personalive.training.stages;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.run.FixedBatch;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StagesTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource
    void halvesTheLossOfAFixedBatch(StageName name) throws Exception {
        Path data = DrawnPeople.pack(folder.resolve("data"));
        Recipe recipe = Recipe.of(List.of(name.defaults()));
        StartModel start = new StartModel(TinyModel.in(folder), StartOptions.usual(), Device.CPU);
        try (Stage stage = name.open(start, recipe)) {
            double[] losses = FixedBatch.losses(stage, data, 1e-3, 60);
            assertTrue(Arrays.stream(losses).min().orElseThrow() <= losses[0] / 2, () -> name + ": " + Arrays.toString(losses));
        }
    }
}
