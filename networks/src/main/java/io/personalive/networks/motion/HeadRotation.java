package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Rotation matrices from angles. */
public final class HeadRotation {
    private static final double DEGREES_IN_HALF_TURN = 180;

    private HeadRotation() {}

    /**
     * The matrix that turns points written as rows: the transpose of Rz(roll) Ry(yaw) Rx(pitch).
     *
     * @param pitch (f), degrees
     * @param yaw   (f), degrees
     * @param roll  (f), degrees
     * @return (f, 3, 3)
     */
    public static Tensor of(Tensor pitch, Tensor yaw, Tensor roll) {
        try (Scope scope = new Scope()) {
            Tensor about = about(2, roll).matmul(about(1, yaw)).matmul(about(0, pitch));
            return scope.keep(about.transpose(1, 2));
        }
    }

    /** The right-handed rotation of column vectors about one axis: (f, 3, 3). */
    private static Tensor about(int axis, Tensor degrees) {
        Tensor radians = degrees.div(new Scalar(DEGREES_IN_HALF_TURN)).mul(new Scalar(Math.PI)).reshape(-1, 1);
        Tensor cos = radians.cos(), sin = radians.sin(), one = torch.ones_like(cos);
        Tensor zero = torch.zeros_like(cos);
        int next = (axis + 1) % 3, last = (axis + 2) % 3;
        Tensor[] matrix = new Tensor[9];
        Arrays.fill(matrix, zero);
        matrix[3 * axis + axis] = one;
        matrix[3 * next + next] = cos;
        matrix[3 * last + last] = cos;
        matrix[3 * next + last] = sin.neg();
        matrix[3 * last + next] = sin;
        return Tensors.cat(1, matrix).unflatten(1, 3, 3);
    }
}
