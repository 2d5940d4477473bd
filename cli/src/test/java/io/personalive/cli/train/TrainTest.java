package io.personalive.cli.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.testing.SmallModel;
import io.personalive.cli.CommandLineTesting;
import io.personalive.cli.CommandLineTesting.Result;
import io.personalive.cli.animate.Drawn;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.training.data.FaceLabels;
import io.personalive.training.data.PackedDatasetWriter;
import io.personalive.training.data.Shot;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainTest {
    private static final int SIDE = 64, FRAMES = 12;

    @TempDir
    private Path folder;

    /** A ball that rolls, said to be a face in the middle. */
    private Path data() throws IOException {
        Path data = Files.createDirectory(folder.resolve("data"));
        try (Scope scope = new Scope(); PackedDatasetWriter packed = new PackedDatasetWriter(data, SIDE)) {
            float[] face = Tensors.floats(MeanFace.points()), landmarks = new float[2 * FaceLabels.POINTS];
            for (int i = 0; i < landmarks.length; i++) {
                landmarks[i] = SIDE / 2f + SIDE / 5f * face[i / 2 * 3 + i % 2];
            }
            FaceLabels labels = new FaceLabels(landmarks, new float[] {0, 0, 0, SIDE / 2f, SIDE / 2f, SIDE / 5f},
                    new float[FaceLabels.EXPRESSION], true);
            for (int frame = 0; frame < FRAMES; frame++) {
                packed.add(Drawn.picture(SIDE, SIDE, Color.ORANGE, frame / (double) FRAMES), labels);
            }
            packed.addShots(List.of(new Shot("clip", "person", "train", 0, FRAMES)));
            packed.finish("a ball");
        }
        return data;
    }

    private static Result run(Object... arguments) {
        List<String> all = new ArrayList<>();
        for (Object argument : arguments) {
            all.add(argument.toString());
        }
        Result result = CommandLineTesting.run(all.toArray(String[]::new));
        assertEquals(0, result.exitCode(), all + "\n" + result.err());
        return result;
    }

    @Test
    void whatIsRefusedOrCannotBeWrittenLeavesARunThatGoesOn() throws IOException {
        Path run = folder.resolve("run");
        List<Object> command = List.of("train", "autoencoder", "--data", data(), "--model",
                "synthetic:" + SmallModel.write(folder.resolve("small.json"), ""), "--output", run, "--threads", "1",
                "--max-steps", "1", "--set", "batch=1", "--set", "adversarial=0.0", "--set");
        assertRefused("learning_rate is 7.0, expected", with(command, "learning_rate=7"));
        run(with(command, "samples_every=0"));

        Files.writeString(run.resolve("samples"), "in the way of a folder");
        Object[] further = {"train", "autoencoder", "--output", run, "--resume", "--max-steps", "2", "--set", "samples_every=1"};
        assertRefused("the run has stopped after step 2. Its checkpoints are whole", further);
        Files.delete(run.resolve("samples"));
        further[6] = "3";
        run(further);
        assertEquals(4, Files.readAllLines(run.resolve("losses.csv")).size());
    }

    private static Object[] with(List<Object> command, Object last) {
        List<Object> all = new ArrayList<>(command);
        all.add(last);
        return all.toArray();
    }

    private static void assertRefused(String message, Object... arguments) {
        Result result = CommandLineTesting.run(Stream.of(arguments).map(Object::toString).toArray(String[]::new));
        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains(message), result.err());
    }

    @Test
    void theStagesInARowMakeAModelThatAnimates() throws IOException {
        Path data = data(), video = folder.resolve("out.mp4");
        Object model = "synthetic:" + SmallModel.write(folder.resolve("small.json"), "'window': {'chunk_frames': 2, 'timesteps': [0, 500]}");
        for (String stage : List.of("motion-extractor", "autoencoder", "stage1", "stage2", "stage3")) {
            List<Object> command = new ArrayList<>(List.of("train", stage, "--data", data, "--model", model, "--output", folder.resolve(stage),
                    "--threads", "1", "--max-steps", "1", "--set", "batch=1"));
            command.addAll(stage.equals("motion-extractor") ? List.of() : List.of("--set", "recompute=true"));
            command.addAll(stage.equals("stage3") ? List.of("--set", "windows=1", "--set", "discriminator_width=4") : List.of());
            run(command.toArray());
            model = folder.resolve(stage).resolve("model");
        }

        run("animate", "--model", model, "--reference", Drawn.portrait(folder.resolve("portrait.png")), "--threads", "1",
                "--driving", Drawn.video(folder.resolve("driving.mp4"), 5, FrameRate.DEFAULT, null), "--output", video);

        try (VideoReader frames = VideoReader.open(video)) {
            assertEquals(SIDE, frames.width());
        }
        run("train", "stage3", "--output", folder.resolve("stage3"), "--resume", "--threads", "1", "--max-steps", "2");
        assertEquals(3, Files.readAllLines(folder.resolve("stage3/losses.csv")).size());
    }

    @Test
    void aMisspeltOptionIsToldBeforeAnythingIsWritten() throws IOException {
        Path output = folder.resolve("run");

        Result result = CommandLineTesting.run("train", "stage1", "--data", data().toString(), "--model", "synthetic:micro", "--output",
                output.toString(), "--set", "recomputed=true");

        assertEquals(2, result.exitCode());
        assertTrue(result.err().contains("perhaps recompute is meant"), result.err());
        assertFalse(Files.exists(output));
    }
}
