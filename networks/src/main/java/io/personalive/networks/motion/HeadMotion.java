package io.personalive.networks.motion;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * The head in each of f frames, in float32.
 *
 * @param canonical   (f, k, 3), the face's keypoints seen from the front
 * @param pitch       (f), degrees, about the x axis
 * @param yaw         (f), degrees, about the y axis
 * @param roll        (f), degrees, about the z axis
 * @param translation (f, 3), in half pictures
 * @param scale       (f)
 */
public record HeadMotion(Tensor canonical, Tensor pitch, Tensor yaw, Tensor roll, Tensor translation, Tensor scale) {
    /** @return (f, k, 3), the keypoints turned, scaled and moved; a picture spans -1 to 1 in x and y */
    public Tensor posed() {
        try (Scope scope = new Scope()) {
            long frames = canonical.size(0);
            Tensor turned = canonical.matmul(HeadRotation.of(pitch, yaw, roll));
            Tensor posed = turned.mul(scale.reshape(frames, 1, 1));
            Tensor depth = posed.narrow(2, 2, 1);
            Tensor moved = posed.narrow(2, 0, 2).add(translation.narrow(1, 0, 2).reshape(frames, 1, 2));
            return scope.keep(Tensors.cat(2, moved, depth));
        }
    }
}
