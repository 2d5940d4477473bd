package io.personalive.training.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.NetworkName;
import io.personalive.torch.Device;
import io.personalive.torch.distributed.Peers;
import io.personalive.torch.weights.TensorSource;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.recipe.CommonOptions;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.stages.Stage;
import io.personalive.training.stages.StageName;
import io.personalive.training.stages.StartModel;
import io.personalive.training.stages.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TrainingTest {
    @TempDir
    Path folder;
    private Path data;
    private String model;

    @BeforeEach
    void prepare() throws Exception {
        data = DrawnPeople.pack(folder.resolve("data"));
        model = TinyModel.describe(folder);
    }

    private Recipe recipe(StageName stage, String... settings) {
        Recipe recipe = CommonOptions.with(stage.defaults());
        for (String setting : Stream.concat(Stream.of("batch=1", "checkpoint_every=2", "warm_up=1"), Stream.of(settings)).toList()) {
            recipe = recipe.set(setting);
        }
        return recipe.toml().contains("discriminator_width") ? recipe.set("discriminator_width=4") : recipe;
    }

    private Training.Ending train(StageName name, String run, Recipe recipe, long maxSteps, BooleanSupplier interrupted)
            throws Exception {
        Path path = folder.resolve(run);
        RunFolder where = Files.exists(path) ? RunFolder.resume(path, name.toString())
                : RunFolder.begin(path, name.toString(), model, data.toString());
        StartModel start = new StartModel(ModelSource.parse(model), recipe.options(StartOptions.class), Device.CPU);
        try (Stage stage = name.open(start, recipe); PackedDataset packed = PackedDataset.open(data);
                Training training = new Training(where, stage, recipe, packed, Device.CPU, Peers.alone())) {
            return training.train(maxSteps, interrupted, progress -> { });
        }
    }

    private List<String> losses(String run) throws IOException {
        return Files.readAllLines(folder.resolve(run).resolve("losses.csv"));
    }

    @ParameterizedTest
    @EnumSource
    void goesOnAsIfItHadNotBeenInterrupted(StageName stage) throws Exception {
        Recipe recipe = recipe(stage, "samples_every=0");
        assertEquals(Training.Ending.PAUSED, train(stage, "whole", recipe, 4, () -> false));

        // three steps, of which the last is lost, as after kill -9
        train(stage, "parts", recipe, 3, () -> false);
        Files.delete(folder.resolve("parts/checkpoints/step-00000003.safetensors"));
        train(stage, "parts", recipe, 4, () -> false);

        assertEquals(losses("whole"), losses("parts"));
    }

    /** Read from the cache, or beside it where augmentation changed the driving frame. */
    @ParameterizedTest
    @CsvSource({"STAGE1, 0.05", "STAGE1, 0", "STAGE2, 0", "STAGE3, 0"})
    void whatFrozenNetworksSaidIsKeptAndChangesNoLoss(StageName stage, double change) throws Exception {
        Recipe recipe = recipe(stage, "samples_every=0", "batch=2", "turn=0", "shift=0", "scale=" + change);
        train(stage, "without", recipe.set("cache_gigabytes=0"), 4, () -> false);
        train(stage, "with", recipe, 4, () -> false);
        assertEquals(losses("without"), losses("with"));
        assertFalse(Files.exists(folder.resolve("without/cache")));

        assertTrue(Files.size(folder.resolve("with/cache/latents.bin")) > 1000);

        try (Stream<Path> checkpoints = Files.list(folder.resolve("with/checkpoints"))) {
            for (Path checkpoint : checkpoints.toList()) {
                Files.delete(checkpoint);
            }
        }
        train(stage, "with", recipe, 4, () -> false);
        assertEquals(losses("without"), losses("with"));
    }

    @Test
    void leavesALoadableModelSamplesAndEventsBehind() throws Exception {
        assertEquals(Training.Ending.COMPLETE,
                train(StageName.STAGE1, "run", recipe(StageName.STAGE1, "steps=2", "average=0"), 0, () -> false));

        Path run = folder.resolve("run");
        assertTrue(Files.size(run.resolve("samples/step-00000002.png")) > 0);
        try (Stream<Path> files = Files.list(run)) {
            assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("events.")));
        }
        ModelSource trained = ModelSource.parse(run.resolve("model").toString());
        assertEquals(ModelSource.parse(model).config(), trained.config());
        try (TensorSource unet = trained.open(NetworkName.DENOISING_UNET)) {
            assertTrue(unet.names().stream().anyMatch(name -> name.contains(".temporal_modules.")));
            assertTrue(unet.names().contains("conv_in.weight"));
        }
    }

    @Test
    void stopsWhenAsked() throws Exception {
        Recipe recipe = recipe(StageName.STAGE1, "samples_every=0", "checkpoint_every=0");
        assertEquals(Training.Ending.INTERRUPTED, train(StageName.STAGE1, "run", recipe, 5, () -> true));
        assertEquals(2, losses("run").size());
        assertTrue(Files.exists(folder.resolve("run/checkpoints/step-00000001.safetensors")));
    }

    @Test
    void aLossThatIsNoNumberStopsTheRunAndKeepsTheBatch() throws Exception {
        Recipe good = recipe(StageName.STAGE1, "samples_every=0");
        train(StageName.STAGE1, "run", good, 2, () -> false);
        Recipe wild = good.set("learning_rate=1").set("clip=0").set("diverges_at=1e300").set("warm_up=0").set("checkpoint_every=0");

        String message = assertThrows(TrainingStoppedException.class,
                () -> train(StageName.STAGE1, "run", wild, 200, () -> false)).getMessage();

        assertTrue(message.contains("failed-step-") && message.contains("--resume"), message);
        try (Stream<Path> files = Files.list(folder.resolve("run"))) {
            assertTrue(files.anyMatch(file -> file.getFileName().toString().startsWith("failed-step-")));
        }
        assertTrue(Files.exists(folder.resolve("run/checkpoints/step-00000002.safetensors")));
        train(StageName.STAGE1, "run", good, 3, () -> false);
        assertEquals(4, losses("run").size());
    }

    @Test
    void aFolderThatHoldsSomethingIsRefused() throws Exception {
        Files.createDirectories(folder.resolve("run/things"));
        assertThrows(IllegalArgumentException.class, () -> RunFolder.begin(folder.resolve("run"), "stage1", model, "data"));
        assertThrows(IllegalArgumentException.class, () -> RunFolder.resume(folder.resolve("run"), "stage1"));
    }
}
