package io.personalive.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.testing.SmallModel;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.training.preparation.PaintedVideos;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From a folder of videos to a model, as docs/training.md has it. */
class TrainOnVideosTest {
    @TempDir
    private static Path folder;
    private static Path model;

    @BeforeAll
    static void prepare() throws IOException {
        model = SmallModel.write(folder.resolve("small.json"), "");
        PaintedVideos.write(folder.resolve("videos/anna/1.mp4"), 1);
        run("prepare", "--videos", folder.resolve("videos").toString(), "--output", folder.resolve("packed").toString(), "--size", "64",
                "--val", "0", "--test", "0");
    }

    private static Result run(String... arguments) {
        Result result = CommandLineTesting.run(arguments);
        assertEquals(0, result.exitCode(), result.err());
        return result;
    }

    @ParameterizedTest
    @CsvSource({"motion-extractor, batch=1", "autoencoder, batch=1", "stage1, batch=1", "stage2, batch=1", "stage3, windows=1"})
    void everyStageTakesAStepAndExportsAModel(String stage, String setting) throws IOException {
        Path output = folder.resolve(stage);

        run("train", stage, "--data", folder.resolve("packed").toString(), "--output", output.toString(), "--model", "synthetic:" + model,
                "--max-steps", "1", "--set", setting, "--threads", "1");

        assertEquals(2, Files.readAllLines(output.resolve("losses.csv")).size(), "a header and a step");
        assertTrue(Files.isDirectory(output.resolve("model")));
        assertTrue(Files.readAllLines(output.resolve("recipe.toml")).contains("fresh = '*'"), "of sizes alone everything begins anew");
    }

    @Test
    void withNobodyLeftToTrainOnItSaysWhatToDo() {
        Result result = run("prepare", "--videos", folder.resolve("videos").toString(), "--output", folder.resolve("all in val").toString(),
                "--size", "64", "--val", "0.99", "--test", "0");

        assertTrue(result.err().contains("--val 0 --test 0"), result.err());
    }

    @Test
    void sparkIsFetchedByTheScript() {
        Result result = CommandLineTesting.run("prepare", "--videos", folder.resolve("videos").toString(), "--output",
                folder.resolve("spark").toString(), "--spark");

        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("./personalive prepare --spark"), result.err());
    }
}
