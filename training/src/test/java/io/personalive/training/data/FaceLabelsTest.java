package io.personalive.training.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FaceLabelsTest {
    @Test
    void mirroringTwiceGivesTheLabelsBack() {
        FaceLabels labels = random();
        FaceLabels back = labels.mirrored(256).mirrored(256);
        assertArrayEquals(labels.landmarks(), back.landmarks(), 1e-4f);
        assertArrayEquals(labels.pose(), back.pose(), 1e-4f);
        assertArrayEquals(labels.expression(), back.expression());
    }

    @Test
    void mirroringSwapsTheEyesAndTheDirectionOfGazeAndTurn() {
        FaceLabels labels = random();
        FaceLabels mirrored = labels.mirrored(256);
        assertEquals(labels.expression()[0], mirrored.expression()[1]);
        assertEquals(-labels.expression()[2], mirrored.expression()[3]);
        assertEquals(-labels.pose()[1], mirrored.pose()[1]);
        // point 10 is the right eye's outer corner, 26 the left one's
        assertEquals(256 - labels.landmarks()[20], mirrored.landmarks()[52], 1e-4);
        // of the lips, the right corner (62) becomes the left one (72), the rim of an iris keeps its top
        assertEquals(256 - labels.landmarks()[124], mirrored.landmarks()[144], 1e-4);
        assertEquals(labels.landmarks()[5], mirrored.landmarks()[15], 1e-4);
    }

    /** A head's points posed by the labelled pose move with the picture: the closed form of the labels' page. */
    @Test
    void aTurnedAndScaledPictureTurnsAndScalesThePose() {
        FaceLabels labels = random();
        Similarity by = Similarity.around(128, Math.toRadians(30), 1.2, 5, -7);
        float[] v = {0.3f, -0.2f, -0.5f};
        double[] before = posed(labels.pose(), v);
        double[] after = posed(labels.moved(by).pose(), v);
        assertEquals(by.x(before[0], before[1]), after[0], 1e-3);
        assertEquals(by.y(before[0], before[1]), after[1], 1e-3);
    }

    private static double[] posed(float[] pose, float[] v) {
        double pitch = Math.toRadians(pose[0]);
        double yaw = -Math.toRadians(pose[1]);
        double roll = Math.toRadians(pose[2]);
        double y = Math.cos(pitch) * v[1] - Math.sin(pitch) * v[2];
        double z = Math.sin(pitch) * v[1] + Math.cos(pitch) * v[2];
        double x = Math.cos(yaw) * v[0] + Math.sin(yaw) * z;
        return new double[] {pose[3] + pose[5] * (Math.cos(roll) * x - Math.sin(roll) * y),
            pose[4] + pose[5] * (Math.sin(roll) * x + Math.cos(roll) * y)};
    }

    private static FaceLabels random() {
        Random random = new Random(1);
        float[] landmarks = new float[2 * FaceLabels.POINTS];
        float[] expression = new float[FaceLabels.EXPRESSION];
        for (int i = 0; i < landmarks.length; i++) {
            landmarks[i] = 256 * random.nextFloat();
        }
        for (int i = 0; i < expression.length; i++) {
            expression[i] = random.nextFloat();
        }
        return new FaceLabels(landmarks, new float[] {5, 20, -10, 120, 130, 60}, expression, true);
    }
}
