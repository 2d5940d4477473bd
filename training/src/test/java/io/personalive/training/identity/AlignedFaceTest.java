package io.personalive.training.identity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.image.Bgr;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.training.data.FaceLabels;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.Ellipse2D;
import java.awt.image.BufferedImage;
import org.junit.jupiter.api.Test;

class AlignedFaceTest {
    private static final double[] PLACES = {38.3, 51.7, 73.5, 51.5, 56.0, 71.7, 41.5, 92.4, 70.7, 92.2};

    /** The mean face, turned and off the middle. @return its landmarks in pixels */
    private static FaceLabels turned(double degrees, double scale, double x, double y) {
        double cos = scale * Math.cos(Math.toRadians(degrees)), sin = scale * Math.sin(Math.toRadians(degrees));
        try (Scope scope = new Scope()) {
            float[] face = Tensors.floats(MeanFace.points()), landmarks = new float[2 * FaceLabels.POINTS];
            for (int i = 0; i < FaceLabels.POINTS; i++) {
                landmarks[2 * i] = (float) (x + cos * face[3 * i] - sin * face[3 * i + 1]);
                landmarks[2 * i + 1] = (float) (y + sin * face[3 * i] + cos * face[3 * i + 1]);
            }
            return new FaceLabels(landmarks, new float[FaceLabels.POSE], new float[FaceLabels.EXPRESSION], true);
        }
    }

    @Test
    void eyesNoseAndMouthComeToTheirPlaces() {
        FaceLabels face = turned(25, 60, 150, 110);
        BufferedImage picture = Bgr.blank(300, 300);
        Graphics2D pen = picture.createGraphics();
        double[] points = AlignedFace.points(face);
        pen.setColor(Color.WHITE);
        for (int i = 0; i < points.length; i += 2) {
            pen.fill(new Ellipse2D.Double(points[i] - 6, points[i + 1] - 6, 12, 12));
        }
        pen.dispose();

        BufferedImage aligned = AlignedFace.of(picture, face);

        assertEquals(112, aligned.getWidth());
        for (int i = 0; i < PLACES.length; i += 2) {
            // people's faces differ from the places that were agreed on by a few pixels
            assertEquals(0xff, aligned.getRGB((int) Math.round(PLACES[i]), (int) Math.round(PLACES[i + 1])) & 0xff, "point " + i / 2);
        }
        int white = 0;
        for (int i = 0; i < 112 * 112; i++) {
            white += (aligned.getRGB(i % 112, i / 112) & 0xff) > 127 ? 1 : 0;
        }
        assertTrue(white < 900, white + " white pixels");
    }
}
