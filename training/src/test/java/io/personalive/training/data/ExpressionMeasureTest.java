package io.personalive.training.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class ExpressionMeasureTest {
    private static final Path LABELS = Path.of("../../shared/data/labels/clips.safetensors");
    private static final int EVERY = 5;

    @Test
    void anOpenMouthAndAShutEyeAreTold() {
        float[] face;
        try (Scope scope = new Scope()) {
            face = Tensors.floats(MeanFace.points());
        }
        float[] before = ExpressionMeasure.of(face);
        for (int pair = 1; pair < 10; pair++) {
            face[3 * (82 + 20 - pair) + 1] += 0.3f; // the lower lip goes down
        }
        for (int pair = 1; pair < 8; pair++) {
            face[3 * (26 + pair) + 1] = face[3 * (26 + 16 - pair) + 1]; // the left eye's upper lid too
        }
        float[] after = ExpressionMeasure.of(face);

        assertTrue(after[6] > before[6] + 0.2, before[6] + " then " + after[6]);
        assertTrue(after[0] < before[0] / 3, before[0] + " then " + after[0]);
        assertEquals(before[1], after[1]);
    }

    /** The labels were measured with depth; all but the last number can do without. */
    @Test
    void theLabelledExpressionsAreMeasuredAgain() throws Exception {
        Assumptions.assumeTrue(Files.exists(LABELS), "the shared labels are not here");
        List<float[]> measured = new ArrayList<>(), labelled = new ArrayList<>();
        try (Checkpoint labels = Checkpoint.open(LABELS)) {
            for (String clip : new String[] {"0001", "0039", "0060", "0105", "0132", "0185"}) {
                LabelRows rows = new LabelRows(labels, clip + "/");
                for (int row = 0; row < rows.count(); row += EVERY) {
                    FaceLabels face = rows.at(row, 1);
                    measured.add(ExpressionMeasure.of(canonical(face)));
                    labelled.add(face.expression());
                }
            }
        }
        for (int column = 0; column < FaceLabels.EXPRESSION - 1; column++) {
            double together = correlation(measured, labelled, column);
            assertTrue(together > 0.85, "column " + column + " correlates by " + together);
        }
    }

    private static float[] canonical(FaceLabels face) {
        try (Scope scope = new Scope()) {
            float[] pose = face.pose();
            HeadPose head = new HeadPose(Tensors.of(new float[] {pose[0]}, 1), Tensors.of(new float[] {pose[1]}, 1),
                    Tensors.of(new float[] {pose[2]}, 1), Tensors.of(new float[] {pose[3], pose[4]}, 1, 2), Tensors.of(new float[] {pose[5]}, 1));
            return Tensors.floats(head.canonicalFace(Tensors.of(face.landmarks(), 1, FaceLabels.POINTS, 2)));
        }
    }

    private static double correlation(List<float[]> first, List<float[]> second, int column) {
        double[] x = first.stream().mapToDouble(row -> row[column]).toArray(), y = second.stream().mapToDouble(row -> row[column]).toArray();
        double meanX = mean(x), meanY = mean(y), xx = 0, yy = 0, xy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            yy += (y[i] - meanY) * (y[i] - meanY);
            xy += (x[i] - meanX) * (y[i] - meanY);
        }
        return xy / Math.sqrt(xx * yy);
    }

    private static double mean(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += value;
        }
        return sum / values.length;
    }
}
