package io.personalive.networks.motion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class HeadMotionTest {
    @Test
    void pitchTurnsYTowardsZ() {
        assertArrayEquals(new float[] {0, 0, 1}, posed(new float[] {0, 1, 0}, 90, 0, 0), 1e-6f);
    }

    @Test
    void yawTurnsZTowardsX() {
        assertArrayEquals(new float[] {1, 0, 0}, posed(new float[] {0, 0, 1}, 0, 90, 0), 1e-6f);
    }

    @Test
    void rollTurnsXTowardsY() {
        assertArrayEquals(new float[] {0, 1, 0}, posed(new float[] {1, 0, 0}, 0, 0, 90), 1e-6f);
    }

    @Test
    void pitchComesFirstAndRollLast() {
        // y to z by pitch, z to x by yaw, x to y by roll
        assertArrayEquals(new float[] {0, 1, 0}, posed(new float[] {0, 1, 0}, 90, 90, 90), 1e-6f);
    }

    @Test
    void pointsAreScaledThenMovedWithinThePicture() {
        try (Scope scope = new Scope()) {
            Tensor zero = Tensors.of(new float[] {0}, 1);
            HeadMotion head = new HeadMotion(Tensors.of(new float[] {1, 2, 3}, 1, 1, 3), zero, zero, zero,
                    Tensors.of(new float[] {10, 20, 30}, 1, 3), Tensors.of(new float[] {2}, 1));

            assertArrayEquals(new float[] {12, 24, 6}, Tensors.floats(head.posed()), 1e-6f);
        }
    }

    private static float[] posed(float[] point, float pitch, float yaw, float roll) {
        try (Scope scope = new Scope()) {
            return Tensors.floats(new HeadMotion(Tensors.of(point, 1, 1, 3), Tensors.of(new float[] {pitch}, 1),
                    Tensors.of(new float[] {yaw}, 1), Tensors.of(new float[] {roll}, 1),
                    Tensors.of(new float[3], 1, 3), Tensors.of(new float[] {1}, 1)).posed());
        }
    }
}
