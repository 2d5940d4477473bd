package io.personalive.networks.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.junit.jupiter.api.Test;

class FaceRegionsTest {
    private static final int SIDE = 64, MOUTH = 0, LIPS = 1, EYES = 2, IRISES = 3, OVAL = 5;

    @Test
    void aSquareCoversItsArea() {
        Coverage square = new Coverage(8);
        square.fill(new double[] {-0.55, -0.5, 0.5, -0.5, 0.5, 0.5, -0.55, 0.5});

        float[] covered = new float[64];
        square.copyTo(covered, 0);
        assertEquals(4.2 * 4, sum(covered, 0, 64), 1e-5);
        assertEquals(0.2, covered[3 * 8 + 1], 1e-5, "a fifth of the pixel left of the middle ones");
    }

    @Test
    void whatLiesOutsideThePictureIsCut() {
        Coverage all = new Coverage(8);
        all.fill(new double[] {-3, -3, 3, -3, 3, 3, -3, 3});

        float[] covered = new float[64];
        all.copyTo(covered, 0);
        assertEquals(64, sum(covered, 0, 64), 1e-4);
    }

    @Test
    void anOpenMouthHasAnInsideAndAShutOneHasNone() {
        float[] face = face();
        double lips = sum(FaceRegions.of(face, SIDE), LIPS * SIDE * SIDE, SIDE * SIDE);
        for (int i = 93; i < 102; i++) {
            face[2 * i + 1] = face[2 * (184 - i) + 1] + 0.1f; // the lower inner lip, below its point of the upper one
            face[2 * (i - 20) + 1] += 0.1f;
        }
        double open = sum(FaceRegions.of(face, SIDE), MOUTH * SIDE * SIDE, SIDE * SIDE);
        for (int i = 93; i < 102; i++) {
            face[2 * i] = face[2 * (184 - i)];
            face[2 * i + 1] = face[2 * (184 - i) + 1];
        }
        double shut = sum(FaceRegions.of(face, SIDE), MOUTH * SIDE * SIDE, SIDE * SIDE);

        assertTrue(lips > 10, "lips cover " + lips + " pixels");
        assertTrue(open > 20, "an open mouth covers " + open + " pixels");
        assertEquals(0, shut, 1e-4);
    }

    @Test
    void anIrisLiesInItsEyeAndEyesInTheFace() {
        float[] picture = FaceRegions.of(face(), SIDE);

        for (int i = 0; i < SIDE * SIDE; i++) {
            assertTrue(picture[IRISES * SIDE * SIDE + i] <= picture[EYES * SIDE * SIDE + i] + 1e-6);
            assertTrue(picture[EYES * SIDE * SIDE + i] <= picture[OVAL * SIDE * SIDE + i] + 1e-6);
        }
        assertTrue(sum(picture, IRISES * SIDE * SIDE, SIDE * SIDE) > 1);
    }

    /** The mean face, as large as the picture. */
    private static float[] face() {
        try (Scope scope = new Scope()) {
            float[] points = Tensors.floats(MeanFace.points());
            float[] face = new float[2 * MeanFace.POINTS];
            for (int i = 0; i < MeanFace.POINTS; i++) {
                face[2 * i] = points[3 * i] * 0.6f;
                face[2 * i + 1] = points[3 * i + 1] * 0.6f;
            }
            return face;
        }
    }

    private static double sum(float[] values, int from, int count) {
        double sum = 0;
        for (int i = from; i < from + count; i++) {
            sum += values[i];
        }
        return sum;
    }
}
