package io.personalive.networks.warp;

import io.personalive.networks.motion.HeadRotation;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * How b heads are turned and where they are, scaled orthographic: (x, y) = translation + scale * first two rows of
 * R v, with R = Rz(roll) Ry(-yaw) Rx(pitch).
 *
 * @param pitch       (b), degrees, positive looks down
 * @param yaw         (b), degrees, positive turns to the picture's right
 * @param roll        (b), degrees, positive is clockwise in the picture
 * @param translation (b, 2), where the head's origin lies; a picture spans -1 to 1
 * @param scale       (b), half pictures a head unit
 */
public record HeadPose(Tensor pitch, Tensor yaw, Tensor roll, Tensor translation, Tensor scale) {
    /**
     * @param canonical (b, n, 3), points in the head frame
     * @return (b, n, 3), the points in the picture, with depth on the same scale
     */
    public Tensor posed(Tensor canonical) {
        try (Scope scope = new Scope()) {
            Tensor turned = canonical.matmul(rotation()).mul(scale.reshape(-1, 1, 1));
            return scope.keep(turned.add(offset()));
        }
    }

    /**
     * The inverse of {@link #posed}.
     *
     * @param points (b, n, 3), points in the picture with depth
     * @return (b, n, 3), in the head frame
     */
    public Tensor canonical(Tensor points) {
        try (Scope scope = new Scope()) {
            Tensor centred = points.sub(offset()).div(scale.reshape(-1, 1, 1));
            return scope.keep(centred.matmul(rotation().transpose(1, 2)));
        }
    }

    /**
     * A face's own shape and expression, its depth borrowed from the mean face.
     *
     * @param landmarks (b, 129, 2), in the picture
     * @return (b, 129, 3), in the head frame
     */
    public Tensor canonicalFace(Tensor landmarks) {
        try (Scope scope = new Scope()) {
            Tensor mean = MeanFace.points().to(landmarks.device(), landmarks.scalar_type());
            Tensor depth = posed(mean.unsqueeze(0)).narrow(2, 2, 1);
            return scope.keep(canonical(Tensors.cat(2, landmarks, depth)));
        }
    }

    /** Hands the tensors to the scope around this one. @return this */
    public HeadPose keep(Scope scope) {
        List.of(pitch, yaw, roll, translation, scale).forEach(scope::keep);
        return this;
    }

    /** @return the poses in mirrored pictures */
    public HeadPose mirrored() {
        Tensor moved = Tensors.cat(1, translation.narrow(1, 0, 1).neg(), translation.narrow(1, 1, 1));
        return new HeadPose(pitch, yaw.neg(), roll.neg(), moved, scale);
    }

    /** @return (b, 3, 3), for points written as rows */
    private Tensor rotation() {
        return HeadRotation.of(pitch, yaw.neg(), roll);
    }

    private Tensor offset() {
        Tensor none = scale.reshape(-1, 1).mul(new Scalar(0));
        return Tensors.cat(1, translation, none).unsqueeze(1);
    }
}
