package io.personalive.networks.warp;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class HeadWarpTest {
    @Test
    void aFaceReadFromLandmarksIsPosedWhereTheyWere() {
        try (Scope scope = new Scope()) {
            HeadPose pose = pose(25);
            Tensor landmarks = pose.posed(MeanFace.points().unsqueeze(0)).narrow(2, 0, 2);

            assertEquals(0, Comparison.relativeError(pose.posed(pose.canonicalFace(landmarks)).narrow(2, 0, 2), landmarks), 1e-5);
        }
    }

    @Test
    void theFlowLeadsFromTheTurnedNoseToThePortraits() {
        try (Scope scope = new Scope()) {
            Tensor face = MeanFace.points().unsqueeze(0);
            Tensor places = new HeadWarp(64, null).flow(face, pose(0), face, pose(20)).places();
            Tensor nose = face.narrow(1, 106, 1);
            float[] from = Tensors.floats(pose(0).posed(nose)), to = Tensors.floats(pose(20).posed(nose));
            long column = Math.round((to[0] + 1) * 32 - 0.5), row = Math.round((to[1] + 1) * 32 - 0.5);

            assertEquals(from[0], places.select(0, 0).select(0, 0).select(0, row).select(0, column).item_float(), 0.05);
        }
    }

    @Test
    void aFineFlowLeadsThroughTheLandmarksAndShutsAnEye() {
        try (Scope scope = new Scope()) {
            float[] shut = Tensors.floats(MeanFace.points());
            for (int pair = 1; pair <= 7; pair++) { // the right eye's upper lid comes down to the lower one
                shut[3 * (10 + pair) + 1] = shut[3 * (26 - pair) + 1];
            }
            Tensor from = pose(0).posed(MeanFace.points().unsqueeze(0)).narrow(2, 0, 2);
            Tensor to = pose(0).posed(Tensors.of(shut, 1, MeanFace.POINTS, 3)).narrow(2, 0, 2);
            Flow coarse = Flow.between(from.narrow(1, 102, 27), to.narrow(1, 102, 27), 32, null);
            float[] places = Tensors.floats(coarse.through(from, to, 256).places());
            int lid = 14, column = pixel(to, lid, 0), row = pixel(to, lid, 1);

            float above = places[256 * 256 + (row - 1) * 256 + column];
            assertEquals(from.select(1, lid).select(1, 1).item_float(), above, 0.012, "above the shut lids lies the upper one");
            float beside = places[256 * 256 + 5 * 256 + 5];
            assertEquals(11f / 256 - 1, beside, 0.01, "outside the face nothing is changed");
        }
    }

    private static int pixel(Tensor points, int point, int axis) {
        return (int) Math.floor((points.select(1, point).select(1, axis).item_float() + 1) * 128);
    }

    private static HeadPose pose(float yaw) {
        Tensor zero = Tensors.of(new float[1], 1);
        return new HeadPose(zero, Tensors.of(new float[] {yaw}, 1), zero, Tensors.of(new float[2], 1, 2),
                Tensors.of(new float[] {0.3f}, 1));
    }
}
