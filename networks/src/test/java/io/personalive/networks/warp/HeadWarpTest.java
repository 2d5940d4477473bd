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
    void aDriverAtRestLeavesThePortraitsFace() {
        try (Scope scope = new Scope()) {
            Tensor face = MeanFace.points().unsqueeze(0);
            Tensor other = face.mul(face);

            assertEquals(0, Comparison.relativeError(HeadWarp.withExpression(face, other, other), face), 1e-6);
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

    private static HeadPose pose(float yaw) {
        Tensor zero = Tensors.of(new float[1], 1);
        return new HeadPose(zero, Tensors.of(new float[] {yaw}, 1), zero, Tensors.of(new float[2], 1, 2),
                Tensors.of(new float[] {0.3f}, 1));
    }
}
