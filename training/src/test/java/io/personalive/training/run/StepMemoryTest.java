package io.personalive.training.run;

import io.personalive.animation.model.ModelSource;
import io.personalive.natives.testing.NativeMemory;
import io.personalive.torch.Device;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.stages.Stage;
import io.personalive.training.stages.StageName;
import io.personalive.training.stages.StartModel;
import io.personalive.training.stages.TinyModel;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepMemoryTest {
    private static final int STEPS = 4, ROUNDS = 3;
    /** Java's compiler has its own, and so have libtorch's kernels: less than one step's activations. */
    private static final long MORE = 4 << 20;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"STAGE2, false", "STAGE2, true", "STAGE3, true"})
    void nothingOfAStepStays(StageName name, boolean recompute) throws Exception {
        Path data = DrawnPeople.pack(folder.resolve("data"));
        StartModel start = new StartModel(ModelSource.parse(TinyModel.describe(folder)), StartOptions.usual(), Device.CPU);
        try (Stage stage = name.open(start, Recipe.of(name.defaults()).set("discriminator_width=4"))) {
            FixedBatch.losses(stage, data, 1e-3, 1, 0, recompute);
            NativeMemory before, after = NativeMemory.now();
            int rounds = 0;
            do { // what stays of a step stays in every round, what compilers take comes once
                before = after;
                FixedBatch.losses(stage, data, 1e-3, STEPS, 0, recompute);
                after = NativeMemory.now();
            } while (++rounds < ROUNDS && after.allocated() - before.allocated() > MORE);

            after.assertNoMoreThan(before, MORE);
        }
    }
}
