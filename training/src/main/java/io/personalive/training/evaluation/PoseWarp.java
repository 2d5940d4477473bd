package io.personalive.training.evaluation;

import io.personalive.animation.portrait.Frames;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.training.data.FaceLabels;
import java.awt.image.BufferedImage;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The baseline that knows nothing but head pose: the portrait, moved by a thin-plate spline. */
final class PoseWarp implements AutoCloseable {
    private static final int FLOW_SIDE = 64;
    /** The plain spline, folds and all, as the figures that a model is measured by were made. */
    private static final HeadWarp WARP = new HeadWarp(FLOW_SIDE, null);

    /** Pictures are made by cutting off fractions; this rounds them. */
    private static final double HALF_STEP = 1 / 255.0;

    private final int side;
    private final FaceLabels portraitFace;
    private final Tensor portrait;

    /** @param portrait square. @param face in it, in pixels */
    PoseWarp(BufferedImage portrait, FaceLabels face) {
        side = portrait.getWidth();
        portraitFace = face;
        try (Scope scope = new Scope()) {
            this.portrait = Scope.own(Frames.toSigned(List.of(portrait)));
        }
    }

    /** @return the portrait in the head pose of another face */
    BufferedImage frame(FaceLabels to) {
        try (Scope scope = new Scope()) {
            HeadPose from = pose(portraitFace);
            Tensor landmarks = Tensors.of(portraitFace.landmarks(), 1, FaceLabels.POINTS, 2).div(new Scalar(side / 2.0)).sub(new Scalar(1));
            Tensor face = from.canonicalFace(landmarks);
            Flow flow = WARP.flow(face, from, face, pose(to));
            return Frames.toImages(flow.sample(portrait).add(new Scalar(HALF_STEP))).get(0);
        }
    }

    /** From pixels to half pictures. */
    private HeadPose pose(FaceLabels face) {
        float[] pose = face.pose();
        float half = side / 2f;
        return new HeadPose(Tensors.of(new float[] {pose[0]}, 1), Tensors.of(new float[] {pose[1]}, 1), Tensors.of(new float[] {pose[2]}, 1),
                Tensors.of(new float[] {pose[3] / half - 1, pose[4] / half - 1}, 1, 2), Tensors.of(new float[] {pose[5] / half}, 1));
    }

    @Override
    public void close() {
        Scope.release(portrait);
    }
}
