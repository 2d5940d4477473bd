package io.personalive.media.face;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.image.Bgr;
import io.personalive.media.image.Resize;
import io.personalive.media.picture.PictureReader;
import java.awt.Rectangle;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class FaceFramingTest {
    private static final Path PORTRAIT = Path.of("../../shared/data/portraits/london_man_blond.png");

    @Test
    void windowPutsTheFaceWhereTrainingHasIt() {
        Rectangle window = FaceFraming.around(new Rectangle2D.Double(500, 300, 96, 96), 1280, 720);
        assertEquals(new Rectangle(448, 256, 200, 200), window);
    }

    @Test
    void windowStaysInsideThePicture() {
        assertEquals(new Rectangle(0, 0, 200, 200), FaceFraming.around(new Rectangle2D.Double(5, 2, 96, 96), 1280, 720));
        assertEquals(new Rectangle(1080, 520, 200, 200), FaceFraming.around(new Rectangle2D.Double(1180, 620, 96, 96), 1280, 720));
        assertEquals(360, FaceFraming.around(new Rectangle2D.Double(200, 50, 300, 300), 640, 360).width, "a close-up takes the whole height");
    }

    @Test
    void squareThatIsFramedAlreadyIsLeftWhole() {
        assertEquals(new Rectangle(320, 320), FaceFraming.around(new Rectangle2D.Double(70, 60, 180, 180), 320, 320));
        assertFalse(FaceFraming.isFramed(new Rectangle2D.Double(10, 10, 60, 60), new Rectangle(320, 320)));
    }

    @Test
    void faceIsFoundInAWideScene() {
        BufferedImage portrait = portrait();
        BufferedImage scene = scene(portrait, 700);
        try (FaceFraming framing = new FaceFraming()) {
            assertEquals(512, framing.window(portrait).orElseThrow().width, "the portrait itself is framed");
            Rectangle window = framing.window(scene).orElseThrow();
            assertEquals(700 + 128, window.getCenterX(), 30);
            assertEquals(200 + 128, window.getCenterY(), 40);
            assertEquals(256, window.width, 40);
        }
    }

    @Test
    void pictureWithoutAFaceHasNoWindow() {
        try (FaceFraming framing = new FaceFraming(); SteadyFraming steady = new SteadyFraming()) {
            BufferedImage nothing = Bgr.blank(640, 360);
            assertTrue(framing.window(nothing).isEmpty());
            assertFalse(steady.settle(List.of(nothing)));
            assertSame(nothing, steady.frame(nothing));
        }
    }

    @Test
    void windowRestsWhileTheFaceIsInItAndGlidesWhenItLeaves() {
        BufferedImage portrait = portrait();
        try (SteadyFraming steady = new SteadyFraming()) {
            assertTrue(steady.settle(List.of(scene(portrait, 300), scene(portrait, 304), scene(portrait, 900))));
            Rectangle start = steady.window().orElseThrow();
            for (int x = 290; x < 314; x++) {
                assertEquals(start.width, steady.frame(scene(portrait, x)).getWidth());
                assertEquals(start, steady.window().orElseThrow());
            }
            BufferedImage moved = scene(portrait, 700);
            int before = start.x;
            for (int i = 0; i < 200; i++) {
                steady.frame(moved);
                int now = steady.window().orElseThrow().x;
                assertTrue(now - before <= 20, "no jump");
                before = now;
            }
            assertEquals(start.x + 398, before, 12);
        }
    }

    private static BufferedImage portrait() {
        Assumptions.assumeTrue(Files.exists(PORTRAIT), "the shared portraits are not here");
        return PictureReader.read(PORTRAIT);
    }

    /** The portrait at half its size in front of a plain wall, its left edge at x, its top at 200. */
    private static BufferedImage scene(BufferedImage portrait, int x) {
        BufferedImage scene = Bgr.blank(1280, 720);
        byte[] to = Bgr.bytes(scene);
        java.util.Arrays.fill(to, (byte) 110);
        byte[] from = Bgr.bytes(Resize.toSquare(portrait, 256));
        for (int y = 0; y < 256; y++) {
            System.arraycopy(from, y * 256 * 3, to, ((200 + y) * 1280 + x) * 3, 256 * 3);
        }
        return scene;
    }
}
