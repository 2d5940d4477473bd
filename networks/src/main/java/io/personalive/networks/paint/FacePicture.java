package io.personalive.networks.paint;

import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * What a painter is told of the pictures to make, or of a part of them.
 *
 * @param places   (b, 2, h, w), where each pixel comes from in the portrait, or in the part of it that the
 *                 painter was given: -1 to 1 spans that; h and w multiples of 16
 * @param validity (b, 2, h/4, w/4), how far that can be trusted, see {@link io.personalive.networks.warp.Flow#validity}
 * @param regions  (b, 6, h/2, w/2), {@link FaceRegions} of the face to show
 * @param motion   (b, 264), see {@link #motion}
 */
public record FacePicture(Tensor places, Tensor validity, Tensor regions, Tensor motion) {
    /** Numbers that a motion has. */
    public static final int MOTION = 2 * MeanFace.POINTS + 6;

    static final int VALIDITY = 2;
    /** Brings moves within the face, in head units, and angles, in degrees, to about one. */
    private static final double MOVES = 8, ANGLES = 1 / 30.0;

    /** @param portraits (b, 3, s, s) @return (b, 3, h, w), moved: what painting begins with */
    public Tensor moved(Tensor portraits) {
        return Paint.sample(portraits, places);
    }

    /**
     * The expression as it differs from the portrait's, and both poses' angles.
     *
     * @param portrait  (b, 129, 3), the portrait's face in the head frame
     * @param from      the portrait's pose
     * @param expressed (b, 129, 3), the face to show, in the head frame
     * @param to        the pose to show
     * @return (b, 264)
     */
    public static Tensor motion(Tensor portrait, HeadPose from, Tensor expressed, HeadPose to) {
        try (Scope scope = new Scope()) {
            Tensor moves = expressed.sub(portrait).narrow(2, 0, 2).flatten(1, 2).mul(new Scalar(MOVES));
            Tensor angles = torch.stack(new org.bytedeco.pytorch.TensorVector(to.pitch(), to.yaw(), to.roll(),
                    from.pitch(), from.yaw(), from.roll()), 1).mul(new Scalar(ANGLES));
            return scope.keep(Tensors.cat(1, moves, angles.to(moves.device(), moves.scalar_type())));
        }
    }
}
