package io.personalive.animation.moved;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.MovedPortraitSource;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.networks.layers.LayerConfig;
import io.personalive.networks.layers.LayerNetwork;
import io.personalive.networks.paint.PaintConfig;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.torch.Device;
import io.personalive.torch.weights.CheckpointException;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.Weights;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the embedded model, on a drawn face. */
class MovedPortraitTest {
    private static MovedPortraitNetworks nano;

    @BeforeAll
    static void load() {
        nano = MovedPortraitNetworks.nano();
    }

    @AfterAll
    static void close() {
        nano.close();
    }

    /** A cartoon: enough for landmarks to be found. @param x of its middle, pixels */
    private static BufferedImage face(int x) {
        BufferedImage picture = new BufferedImage(256, 256, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(new Color(120, 140, 160));
        pen.fillRect(0, 0, 256, 256);
        pen.setColor(new Color(220, 180, 160));
        pen.fillOval(x - 50, 50, 100, 140);
        pen.setColor(new Color(60, 40, 30));
        pen.fillOval(x - 30, 100, 18, 9);
        pen.fillOval(x + 12, 100, 18, 9);
        pen.setColor(new Color(180, 80, 80));
        pen.fillOval(x - 18, 152, 36, 10);
        pen.dispose();
        return picture;
    }

    @Test
    void aPortraitDrivenByItselfStaysAsItIs() {
        try (MovedPortrait portrait = MovedPortrait.of(face(128), nano)) {
            MotionFrame driving = nano.driver().read(List.of(face(128))).get(0);

            assertTrue(difference(face(128), portrait.moved(driving)) < 3, "the mean difference is "
                    + difference(face(128), portrait.moved(driving)) + " of 255");
        }
    }

    @Test
    void aHeadFollowsTheDrivers() {
        try (MovedPortrait portrait = MovedPortrait.of(face(128), nano)) {
            DriverReader driver = nano.driver();
            driver.read(List.of(face(128)));
            MotionFrame driving = driver.read(List.of(face(140))).get(0);
            BufferedImage moved = portrait.moved(driving);

            assertEquals(12 / 128.0, driving.translation()[0], 0.05);
            assertTrue(difference(face(140), moved) < difference(face(128), moved), "it stayed where it was");
        }
    }

    @Test
    void anUntrainedPainterLeavesTheMovedPortrait(@TempDir Path folder) throws IOException {
        FreshTensors untrained = new FreshTensors(1, PaintNetwork::beginsAtZero);
        try (Weights.Loaded<PaintNetwork> painter = Weights.buildTrainable(untrained, Device.CPU,
                at -> new PaintNetwork(at, PaintConfig.nano()))) {
            painter.save(folder.resolve(MovedPortraitSource.PAINTER));
        }
        try (MovedPortraitNetworks painting = described(folder, "\"painter\": {}");
                MovedPortrait portrait = MovedPortrait.of(face(128), painting)) {
            assertTrue(difference(face(128), portrait.moved(portrait.motion())) < 3);
        }
    }

    @Test
    void untrainedLayersLeaveAPortraitAtRestAsItIs(@TempDir Path folder) throws IOException {
        LayerConfig sizes = new LayerConfig(List.of(4, 6, 8));
        try (Weights.Loaded<LayerNetwork> layers = Weights.buildTrainable(new FreshTensors(1, LayerNetwork::beginsAtZero), Device.CPU,
                at -> new LayerNetwork(at, sizes))) {
            layers.save(folder.resolve(MovedPortraitSource.LAYERS));
        }
        try (MovedPortraitNetworks parting = described(folder, "\"layers\": {\"widths\": [4, 6, 8]}");
                MovedPortrait portrait = MovedPortrait.of(face(128), parting)) {
            assertTrue(difference(face(128), portrait.moved(portrait.motion())) < 3);
        }
    }

    /** The embedded model's landmarks with other networks beside them. */
    private static MovedPortraitNetworks described(Path folder, String networks) throws IOException {
        for (String file : List.of(MovedPortraitSource.LANDMARKS, MovedPortraitSource.REST_FACE)) {
            try (InputStream embedded = ModelSource.class.getResourceAsStream("nano/" + file)) {
                Files.copy(embedded, folder.resolve(file));
            }
        }
        Files.writeString(folder.resolve("model.json"), "{\"kind\": \"moved-portrait\", " + networks + "}");
        return MovedPortraitNetworks.load((MovedPortraitSource) ModelSource.parse(folder.toString()), Device.CPU);
    }

    @Test
    void aFrameSizeThatLayersCannotHalveIsRefused(@TempDir Path folder) {
        String refused = assertThrows(CheckpointException.class, () -> described(folder,
                "\"frame_size\": 384, \"layers\": {\"widths\": [4, 4, 4, 4, 4, 4, 4, 4]}")).getMessage();
        assertTrue(refused.contains("frame_size is 384, expected a multiple of 256"), refused);
    }

    @Test
    void aFolderThatLacksAFileSaysWhich(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("model.json"), "{\"kind\": \"moved-portrait\"}");

        String refused = assertThrows(CheckpointException.class, () -> ModelSource.parse(folder.toString())).getMessage();
        assertTrue(refused.endsWith("it lacks\n  landmarks.safetensors\n  rest-face.safetensors"), refused);
    }

    @Test
    void motionCarriesNoFaceShape() {
        DriverReader driver = nano.driver();
        float[] tokens = driver.read(List.of(face(128))).get(0).tokens();

        assertEquals(FaceMotion.TOKENS * FaceMotion.TOKEN_WIDTH, tokens.length);
        double sum = 0;
        for (int i = 2; i < 3 * 129; i += 3) {
            sum += Math.abs(tokens[i]);
        }
        assertEquals(0, sum, 1e-5, "depths of the first frame are its own rest");
    }

    @Test
    void aDriverWhoBeginsAtRestMovesNothingYet() {
        DriverReader driver = nano.driver();
        driver.beginsAtRest();
        MotionFrame rest = driver.read(List.of(face(128))).get(0);
        MotionFrame later = driver.read(List.of(face(140))).get(0);

        assertArrayEquals(new float[3 * 129], Arrays.copyOf(rest.tokens(), 3 * 129));
        assertArrayEquals(new float[3], new float[] {Math.abs(rest.pitch()), Math.abs(rest.yaw()), Math.abs(rest.roll())});
        assertEquals(12 / 128.0, later.translation()[0], 0.05);
    }

    @Test
    void aModelThatMovesPortraitsSaysThatItGeneratesNothing() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ModelSource.parse("nano").config()).getMessage()
                .startsWith("nano moves portraits"));
        assertEquals(256, ModelSource.parse("nano").frameSize());
        assertEquals(1, nano.window().frames());
    }

    @Test
    void stillNumbersAreSteadiedAndFastOnesAreNotHeldBack() {
        SteadyMotion steady = new SteadyMotion(0.25, new double[] {1});
        steady.steady(new float[] {0});
        float[] trembling = {1};
        steady.steady(trembling);
        float[] fast = {30};
        steady.steady(fast);

        assertTrue(trembling[0] < 0.6, "it trembles by " + trembling[0]);
        assertArrayEquals(new float[] {30}, fast, 0.01f);
    }

    private static double difference(BufferedImage one, BufferedImage other) {
        double sum = 0;
        for (int y = 0; y < 256; y++) {
            for (int x = 0; x < 256; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    sum += Math.abs(one.getRaster().getSample(x, y, channel) - other.getRaster().getSample(x, y, channel));
                }
            }
        }
        return sum / (3 * 256 * 256);
    }
}
