package io.personalive.training.stages;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.networks.paint.PaintConfig;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Augmentation;
import io.personalive.training.data.Batch;
import io.personalive.training.data.DrawnPeople;
import io.personalive.training.data.Loader;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.run.FixedBatch;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaintStageTest {
    private static final int MOVED = 2, PAINTED = 3, SIDE = 64;

    @TempDir
    Path folder;
    private Path data;

    @BeforeEach
    void draw() throws Exception {
        data = DrawnPeople.pack(folder.resolve("data"));
    }

    @Test
    void learnsAFixedBatch() throws Exception {
        try (Stage stage = open("part=32")) {
            List<Double> losses = FixedBatch.losses(stage, data, 1e-3, 40, 0.5);

            assertTrue(losses.get(losses.size() - 1) < 0.7 * losses.get(0), losses::toString);
        }
    }

    @Test
    void untrainedItShowsTheMovedPortrait() throws Exception {
        try (Stage stage = open("part=0")) {
            List<List<BufferedImage>> rows = Scope.withoutGradient(() -> stage.samples(batch(), new Draws(1, 1, 0, 2)));

            assertEquals(2, rows.size());
            assertArrayEquals(bytes(rows.get(0).get(MOVED)), bytes(rows.get(0).get(PAINTED)));
        }
    }

    @Test
    void aPartLiesInsideThePicture() {
        Draws draws = new Draws(1, 1, 0, 2);
        try (Scope scope = new Scope()) {
            PaintPairs parts = whole(batch(), draws).around(48, draws);

            assertEquals(48, parts.truth().size(2));
            assertEquals(48, parts.wanted().places().size(3));
            assertEquals(12, parts.wanted().validity().size(3));
            assertEquals(24, parts.wanted().regions().size(2));
        }
    }

    @Test
    void thePainterIsWrittenInHalfPrecision() throws Exception {
        Path model = folder.resolve("model");
        try (Stage stage = open("part=0")) {
            stage.export(model);
        }
        Path file = model.resolve(MovedPortraitSource.PAINTER);
        try (var read = Weights.build(Checkpoint.open(file), Device.CPU, ScalarType.Float, at -> new PaintNetwork(at, PaintConfig.nano()))) {
            long numbers = read.parameters().values().stream().mapToLong(tensor -> tensor.numel()).sum();
            assertTrue(Files.size(file) < 2 * numbers + 20_000, "two bytes a number");
        }
    }

    @Test
    void aStillsPortraitIsShutAndTurnedAndAClipsStays() {
        Batch pair = batch();
        pair.stills()[1] = 1;
        try (Scope scope = new Scope()) {
            Tensor pictures = Pictures.of(pair, SIDE, Device.CPU).select(1, 0).contiguous();
            LabelledFaces labelled = LabelledFaces.of(pair, 0, Device.CPU);
            StillPairs made = StillPairs.of(pair, pictures, labelled, Device.CPU, new Draws(1, 1, 0, 2));

            assertEquals(0, apart(pictures, made.portraits(), 0));
            assertEquals(0, apart(labelled.landmarks(), made.faces().landmarks(), 0));
            assertTrue(apart(pictures, made.portraits(), 1) > 0.01);
            assertTrue(apart(labelled.pose().yaw(), made.faces().pose().yaw(), 1) > 0.1);
            Tensor posed = made.faces().pose().posed(made.faces().canonical()).narrow(2, 0, 2);
            assertTrue(apart(posed, made.faces().landmarks(), 1) < 1e-4, "landmarks and pose belong together");
        }
    }

    private static double apart(Tensor one, Tensor other, long sample) {
        return one.select(0, sample).sub(other.select(0, sample)).abs().max().item_double();
    }

    @Test
    void aPartThatTheNetworkCannotHalveIsRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> open("part=40")).getMessage();
        assertTrue(message.contains("part is 40, expected 0 or a multiple of 16"), message);
    }

    private Stage open(String setting) throws Exception {
        Recipe recipe = Recipe.of(StageName.PAINTER.defaults()).set("adversarial=0.0").set(setting);
        return StageName.PAINTER.open(new StartModel(TinyModel.in(folder), StartOptions.usual(), Device.CPU), recipe);
    }

    private static PaintPairs whole(Batch batch, Draws draws) {
        return PaintPairs.of(MovedPairs.of(batch, Pictures.of(batch, Device.CPU), SIDE, Device.CPU, draws));
    }

    private Batch batch() {
        try (PackedDataset packed = PackedDataset.open(data);
                Loader loader = new Loader(packed, new Loader.Options("train", 2, 1, 0, Augmentation.NONE, 3, 1), 0)) {
            return loader.take();
        } catch (Exception failed) {
            throw new AssertionError(failed);
        }
    }

    private static byte[] bytes(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
