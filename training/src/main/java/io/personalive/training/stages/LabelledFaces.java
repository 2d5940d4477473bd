package io.personalive.training.stages;

import io.personalive.networks.paint.FaceRegions;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.training.data.Batch;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Where the faces of one frame of each sample are, as labelled.
 *
 * @param landmarks (b, 129, 2), in half pictures
 * @param pose      of b heads
 */
record LabelledFaces(Tensor landmarks, HeadPose pose) {
    private static final int NUMBERS = 6, PITCH = 0, YAW = 1, ROLL = 2, PLACE = 3, SCALE = 5;

    /** @param frame 0 for the portraits. The tensors are the caller's scope's */
    static LabelledFaces of(Batch batch, int frame, Device device) {
        try (Scope scope = new Scope()) {
            Scalar half = new Scalar(2.0 / batch.side()), one = new Scalar(1.0);
            Tensor points = Tensors.of(batch.landmarks(), batch.samples(), batch.frames(), MeanFace.POINTS, 2).select(1, frame);
            Tensor numbers = Tensors.to(Tensors.of(batch.pose(), batch.samples(), batch.frames(), NUMBERS).select(1, frame),
                    device, ScalarType.Float);
            return new LabelledFaces(scope.keep(Tensors.to(points.mul(half).sub(one), device, ScalarType.Float)),
                    new HeadPose(scope.keep(numbers.select(1, PITCH).clone()), scope.keep(numbers.select(1, YAW).clone()),
                            scope.keep(numbers.select(1, ROLL).clone()), scope.keep(numbers.narrow(1, PLACE, 2).mul(half).sub(one)),
                            scope.keep(numbers.select(1, SCALE).mul(half))));
        }
    }

    /** Hands the tensors to the scope around this one. @return this */
    LabelledFaces keep(Scope scope) {
        scope.keep(landmarks);
        pose.keep(scope);
        return this;
    }

    /** @return (b, 129, 3), in the head frame */
    Tensor canonical() {
        return pose.canonicalFace(landmarks);
    }

    /** @return (b, 6, side, side), see {@link FaceRegions} */
    Tensor regions(int side) {
        float[] all = Tensors.floats(landmarks);
        int count = (int) landmarks.size(0), points = all.length / count, size = FaceRegions.CHANNELS * side * side;
        float[] pictures = new float[count * size];
        for (int i = 0; i < count; i++) {
            float[] face = java.util.Arrays.copyOfRange(all, i * points, (i + 1) * points);
            System.arraycopy(FaceRegions.of(face, side), 0, pictures, i * size, size);
        }
        try (Scope scope = new Scope()) {
            Tensor made = Tensors.of(pictures, count, FaceRegions.CHANNELS, side, side);
            return scope.keep(made.to(landmarks.device(), landmarks.scalar_type()));
        }
    }

    /**
     * @param which a sample
     * @return x and y of the middle of its lips, or of its eyes, in half pictures
     */
    float[] middle(int which, boolean lips) {
        try (Scope scope = new Scope()) {
            long[] left = MeanFace.group(lips ? "lips_outer" : "left_eye"), right = MeanFace.group(lips ? "lips_inner" : "right_eye");
            Tensor face = landmarks.select(0, which);
            Tensor sum = face.narrow(0, left[0], left.length).mean(0).add(face.narrow(0, right[0], right.length).mean(0));
            return Tensors.floats(sum.mul(new Scalar(0.5)));
        }
    }
}
