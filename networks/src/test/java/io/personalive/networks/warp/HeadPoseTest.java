package io.personalive.networks.warp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.RandomTensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class HeadPoseTest {
    private static HeadPose twoPoses() {
        return new HeadPose(Tensors.of(new float[] {10, -20}, 2), Tensors.of(new float[] {-35, 5}, 2),
                Tensors.of(new float[] {4, 60}, 2), Tensors.of(new float[] {0.1f, -0.2f, 0, 0.3f}, 2, 2),
                Tensors.of(new float[] {0.3f, 0.5f}, 2));
    }

    @Test
    void positiveYawTurnsTheNoseToThePicturesRight() {
        try (Scope scope = new Scope()) {
            Tensor zero = Tensors.of(new float[1], 1);
            HeadPose pose = new HeadPose(zero, Tensors.of(new float[] {90}, 1), zero, Tensors.of(new float[2], 1, 2),
                    Tensors.of(new float[] {1}, 1));
            Tensor nose = Tensors.of(new float[] {0, 0, -1}, 1, 1, 3);

            assertArrayEquals(new float[] {1, 0, 0}, Tensors.floats(pose.posed(nose)), 1e-6f);
        }
    }

    @Test
    void canonicalUndoesPosed() {
        try (Scope scope = new Scope()) {
            Tensor points = RandomTensors.of(1, 2, 5, 3);
            HeadPose pose = twoPoses();

            assertEquals(0, Comparison.relativeError(pose.canonical(pose.posed(points)), points), 1e-5);
        }
    }

    @Test
    void theFitFindsThePoseOfThePosedMeanFace() {
        try (Scope scope = new Scope()) {
            HeadPose pose = twoPoses();
            HeadPose found = HeadPoseFit.of(pose.posed(MeanFace.points().unsqueeze(0)).add(new Scalar(0)));

            assertArrayEquals(Tensors.floats(pose.pitch()), Tensors.floats(found.pitch()), 1e-2f);
            assertArrayEquals(Tensors.floats(pose.yaw()), Tensors.floats(found.yaw()), 1e-2f);
            assertArrayEquals(Tensors.floats(pose.roll()), Tensors.floats(found.roll()), 1e-2f);
            assertArrayEquals(Tensors.floats(pose.translation()), Tensors.floats(found.translation()), 1e-4f);
            assertArrayEquals(Tensors.floats(pose.scale()), Tensors.floats(found.scale()), 1e-4f);
        }
    }

    @Test
    void aHeadWhoseAnglesAreKnownIsPlaced() {
        try (Scope scope = new Scope()) {
            HeadPose pose = twoPoses();
            Tensor landmarks = pose.posed(MeanFace.points().unsqueeze(0)).narrow(2, 0, 2);
            HeadPose found = HeadPoseFit.placed(landmarks, pose.pitch(), pose.yaw(), pose.roll());

            assertArrayEquals(Tensors.floats(pose.translation()), Tensors.floats(found.translation()), 1e-5f);
            assertArrayEquals(Tensors.floats(pose.scale()), Tensors.floats(found.scale()), 1e-5f);
        }
    }

    @Test
    void gradientsFlowThroughTheFit() {
        try (Scope scope = new Scope()) {
            Tensor landmarks = twoPoses().posed(MeanFace.points().unsqueeze(0)).detach().clone().set_requires_grad(true);
            HeadPoseFit.of(landmarks).yaw().sum().backward();
            double norm = landmarks.grad().norm().item_double();

            assertTrue(norm > 1 && norm < 1e4, "the gradient's norm is " + norm);
        }
    }

    @Test
    void aMirroredFaceHasTheMirroredPose() {
        try (Scope scope = new Scope()) {
            long[] mirror = MeanFace.mirror();
            Tensor flip = Tensors.of(new float[] {-1, 1, 1}, 3);
            Tensor landmarks = twoPoses().posed(MeanFace.points().unsqueeze(0));
            Tensor mirrored = landmarks.index_select(1, Tensors.of(mirror, mirror.length)).mul(flip);

            assertArrayEquals(Tensors.floats(twoPoses().mirrored().yaw()),
                    Tensors.floats(HeadPoseFit.of(mirrored).yaw()), 0.5f); // the mean face isn't quite symmetric
        }
    }

    @Test
    void aPoseNeedsFourRigidLandmarks() {
        try (Scope scope = new Scope()) {
            assertThrows(IllegalArgumentException.class,
                    () -> HeadPoseFit.of(RandomTensors.of(1, 1, 20, 3), MeanFace.group("lips_outer")));
        }
    }
}
