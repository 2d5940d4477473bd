package io.personalive.training.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.training.stages.StageName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RecipeTest {
    private static Recipe usual(StageName stage) {
        return CommonOptions.with(stage.defaults());
    }

    @Test
    void filesAndSettingsTakeTheDefaultsPlaces(@TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("mine.toml"), "learning_rate = 3e-4 # high\nbatch = 7\nsplit = \"val\"\n");
        Recipe recipe = usual(StageName.STAGE1).with(file.toString(), "stage1").set("batch=8").set("split=test").set("clip=2");
        assertEquals(3e-4, recipe.options(OptimiserOptions.class).learningRate());
        assertEquals(8, recipe.options(OptimiserOptions.class).batch());
        assertEquals(2, recipe.options(OptimiserOptions.class).clip());
        assertEquals("test", recipe.options(DataOptions.class).split());
        assertEquals(OptimiserOptions.usual().warmUp(), recipe.options(OptimiserOptions.class).warmUp());

        recipe.write(folder.resolve("recipe.toml"));
        assertEquals(recipe.toml(), usual(StageName.STAGE1).with(folder.resolve("recipe.toml")).toml());
    }

    @Test
    void whatCannotBeIsToldWithWhatWouldBeRight() {
        Recipe recipe = usual(StageName.STAGE1);
        assertMessage("perhaps learning_rate is meant", () -> recipe.set("learing_rate=1"));
        assertMessage("expected a whole number", () -> recipe.set("batch=1.5"));
        assertMessage("expected a number", () -> recipe.set("clip=\"much\""));
        assertMessage("no setting", () -> recipe.set("clip"));
        assertMessage("batch is 0, expected 1 or more", () -> recipe.set("batch=0").options(OptimiserOptions.class));
        assertMessage("official", () -> recipe.with("offical", "stage1"));
        assertMessage("batch is \"many\", expected a whole number such as", () -> recipe.set("batch=many"));
        assertMessage("batch is \"[1\", expected a whole number", () -> recipe.set("batch=[1"));
        assertMessage("no option batch size, perhaps batch is meant", () -> recipe.set("batch size=4"));
    }

    private static void assertMessage(String part, Executable executable) {
        String message = assertThrows(IllegalArgumentException.class, executable).getMessage();
        assertTrue(message.contains(part), message);
    }

    @ParameterizedTest
    @EnumSource
    void everyShippedRecipeIsValid(StageName stage) throws Exception {
        assertTrue(ShippedRecipes.of(stage.toString()).contains("nano"));
        for (String name : ShippedRecipes.of(stage.toString())) {
            Recipe recipe = usual(stage).with(name, stage.toString());
            recipe.options(OptimiserOptions.class);
            stage.defaults().forEach(each -> recipe.options(each.getClass()));
        }
    }

    @Test
    void theLearningRateRisesAndFalls() {
        OptimiserOptions options = usual(StageName.STAGE1).set("steps=110").set("warm_up=10").set("learning_rate=1").set("final_rate=0.1")
                .options(OptimiserOptions.class);
        assertEquals(0.1, options.rate(1), 1e-12);
        assertEquals(1, options.rate(10), 1e-12);
        assertEquals(0.55, options.rate(60), 1e-12);
        assertEquals(0.1, options.rate(110), 1e-12);
        assertEquals(0.1, options.rate(500), 1e-12);
    }
}
