package io.personalive.training.stages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.networks.layers.LayerConfig;
import io.personalive.torch.Device;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.run.FixedBatch;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerStageTest {
    @TempDir
    Path folder;

    @Test
    void learnsAFixedBatch() throws Exception {
        Path data = DrawnPeople.packBeforeStripes(folder.resolve("data"));
        try (Stage stage = open("side=0")) {
            List<Double> losses = FixedBatch.losses(stage, data, 1e-3, 60, 0.5);

            // untrained, a wide rim around each face moves with it, and the stripes there stand still
            assertTrue(losses.get(losses.size() - 1) <= 0.5 * losses.get(0), losses::toString);
        }
    }

    @Test
    void layersAreWrittenBesideThePainterOfTheModel() throws Exception {
        Path model = folder.resolve("model");
        try (Stage stage = open("side=0")) {
            stage.export(model);
        }
        MovedPortraitSource written = (MovedPortraitSource) ModelSource.parse(model.toString());
        assertEquals(LayerConfig.nano(), written.layers().orElseThrow());
        assertTrue(written.painter().isPresent());
    }

    @Test
    void aSideThatCannotBeHalvedIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> open("side=33")).getMessage();
        assertTrue(message.contains("side is 33, expected 0 or an even number from 32 on"), message);
    }

    private Stage open(String setting) throws Exception {
        Recipe recipe = Recipe.of(StageName.LAYERS.defaults()).set("adversarial=0.0").set(setting);
        return StageName.LAYERS.open(new StartModel(TinyModel.in(folder), StartOptions.usual(), Device.CPU), recipe);
    }
}
