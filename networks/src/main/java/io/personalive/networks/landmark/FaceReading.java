package io.personalive.networks.landmark;

import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadPoseFit;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * What is read off f pictures, a face in each.
 *
 * @param points (f, 129, 2), landmarks in half pictures
 * @param pose   how the heads are turned, and where they are
 */
public record FaceReading(Tensor points, HeadPose pose) {
    /** Half of the side of the square around a face, in head units. */
    private static final double HALF_SIDE = 1.8;

    /**
     * @param pictures (f, 3, s, s) in [-1, 1], square
     * @param squares  where the faces are, roughly: those that were found, or those of the frame before
     */
    public static FaceReading of(LandmarkNetwork network, Tensor pictures, FaceSimilarity squares) {
        try (Scope scope = new Scope()) {
            LandmarkNetwork.Reading seen = network.read(squares.cut(pictures, network.config().faceSize()));
            Tensor points = squares.toPicture(seen.points());
            HeadPose pose = HeadPoseFit.placed(points, seen.angles().select(1, 0), seen.angles().select(1, 1),
                    seen.angles().select(1, 2).add(squares.degrees()));
            return new FaceReading(scope.keep(points), pose.keep(scope));
        }
    }

    /** @return the squares around these faces, to read the next frames in */
    public FaceSimilarity squares() {
        try (Scope scope = new Scope()) {
            Tensor radians = pose.roll().mul(new Scalar(Math.PI / 180)).unsqueeze(1);
            return new FaceSimilarity(scope.keep(points.mean(1)), scope.keep(pose.scale().mul(new Scalar(HALF_SIDE)).unsqueeze(1)),
                    scope.keep(Tensors.cat(1, radians.cos(), radians.sin())));
        }
    }

    /** @return (f, 129, 3), the faces in the head frame, their depth borrowed from the mean face */
    public Tensor canonical() {
        return pose.canonicalFace(points);
    }
}
