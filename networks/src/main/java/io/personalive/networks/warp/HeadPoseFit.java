package io.personalive.networks.warp;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Head pose in closed form: the weighted similarity that brings the mean face's rigid landmarks nearest to a face's.
 * Horn 1987, with unit quaternions: the rotation is the eigenvector of a symmetric 4x4 matrix.
 */
public final class HeadPoseFit {
    private static final double DEGREES = 180 / Math.PI;
    /** The entries of Horn's matrix, row-major, as sums of the nine products S(row, column), counted from 1; minus subtracts. */
    private static final int[][] HORN = {
            {1, 5, 9}, {6, -8}, {7, -3}, {2, -4},
            {6, -8}, {1, -5, -9}, {2, 4}, {7, 3},
            {7, -3}, {2, 4}, {-1, 5, -9}, {6, 8},
            {2, -4}, {7, 3}, {6, 8}, {-1, -5, 9}};

    private HeadPoseFit() {}

    /**
     * @param landmarks (b, 129, 3), in the picture, which spans -1 to 1, with depth on the same scale; any origin of depth
     * @return the poses; gradients flow through
     */
    public static HeadPose of(Tensor landmarks) {
        try (Scope scope = new Scope()) {
            long[] rigid = MeanFace.rigid();
            Tensor chosen = Tensors.of(rigid, rigid.length).to(landmarks.device(), torch.ScalarType.Long);
            HeadPose pose = of(landmarks.index_select(1, chosen), rigid);
            return pose.keep(scope);
        }
    }

    /**
     * Where heads are and how large, their angles known.
     *
     * @param landmarks (b, 129, 2), in the picture, which spans -1 to 1
     * @param pitch     (b), degrees, as yaw and roll
     * @return the poses with these angles that bring the mean face's rigid landmarks nearest
     */
    public static HeadPose placed(Tensor landmarks, Tensor pitch, Tensor yaw, Tensor roll) {
        long[] rigid = MeanFace.rigid();
        try (Scope scope = new Scope()) {
            Tensor chosen = Tensors.of(rigid, rigid.length).to(landmarks.device(), torch.ScalarType.Long);
            Tensor weight = Tensors.of(weights(rigid), 1, rigid.length, 1).to(landmarks.device(), landmarks.scalar_type());
            HeadPose unit = new HeadPose(pitch, yaw, roll, torch.zeros_like(landmarks.select(1, 0)), torch.ones_like(pitch));
            Tensor mean = MeanFace.points().to(landmarks.device(), landmarks.scalar_type()).unsqueeze(0);
            Tensor model = unit.posed(mean).narrow(2, 0, 2).index_select(1, chosen);
            Tensor points = landmarks.index_select(1, chosen);
            Tensor modelMean = sum(model.mul(weight)), pointsMean = sum(points.mul(weight));
            Tensor centred = model.sub(modelMean);
            Tensor scale = total(centred.mul(points.sub(pointsMean)).mul(weight)).div(total(centred.square().mul(weight)));
            Tensor translation = pointsMean.sub(modelMean.mul(scale.reshape(-1, 1, 1))).select(1, 0);
            return new HeadPose(pitch, yaw, roll, translation, scale).keep(scope);
        }
    }

    /**
     * The same from some of the landmarks.
     *
     * @param points (b, m, 3), as above
     * @param which  numbers of the m landmarks; only those of {@link MeanFace#rigid} count
     * @throws IllegalArgumentException if fewer than four rigid landmarks are among them
     */
    public static HeadPose of(Tensor points, long[] which) {
        float[] weights = weights(which);
        try (Scope scope = new Scope()) {
            Tensor weight = Tensors.of(weights, 1, which.length, 1).to(points.device(), points.scalar_type());
            Tensor model = MeanFace.points().index_select(0, Tensors.of(which, which.length)).unsqueeze(0)
                    .to(points.device(), points.scalar_type());
            Tensor modelMean = sum(model.mul(weight)), mean = sum(points.mul(weight));
            Tensor centredModel = model.sub(modelMean), centred = points.sub(mean);
            Tensor products = centredModel.mul(weight).transpose(1, 2).matmul(centred); // S of Horn's paper
            Tensor rotation = rotation(products);
            Tensor turned = centredModel.matmul(rotation.transpose(1, 2));
            Tensor scale = total(turned.mul(centred).mul(weight)).div(total(centredModel.square().mul(weight)));
            Tensor origin = modelMean.matmul(rotation.transpose(1, 2)).mul(scale.reshape(-1, 1, 1));
            Tensor translation = mean.sub(origin).select(1, 0).narrow(1, 0, 2);
            return new HeadPose(
                    scope.keep(degrees(torch.atan2(entry(rotation, 2, 1), entry(rotation, 2, 2)))),
                    scope.keep(degrees(torch.asin(entry(rotation, 2, 0)))),
                    scope.keep(degrees(torch.atan2(entry(rotation, 1, 0), entry(rotation, 0, 0)))),
                    scope.keep(translation), scope.keep(scale));
        }
    }

    private static float[] weights(long[] which) {
        float[] weights = new float[which.length];
        double sum = 0;
        int rigid = 0;
        for (int i = 0; i < which.length; i++) {
            weights[i] = MeanFace.rigidWeight(Math.toIntExact(which[i]));
            sum += weights[i];
            rigid += weights[i] > 0 ? 1 : 0;
        }
        if (rigid < 4) {
            throw new IllegalArgumentException(rigid + " of the " + which.length
                    + " landmarks keep still when a face moves; a pose needs 4 or more of MeanFace.rigid()");
        }
        for (int i = 0; i < weights.length; i++) {
            weights[i] /= (float) sum;
        }
        return weights;
    }

    /** @return (b, 3, 3), R with columns turned by it */
    private static Tensor rotation(Tensor products) {
        Tensor horn = products.flatten(1, 2).matmul(hornMatrix().to(products.device(), products.scalar_type()));
        T_TensorTensor_T eigen = torch.linalg_eigh(horn.unflatten(1, 4, 4));
        Tensor quaternion = eigen.get1().select(2, 3); // eigenvalues ascend
        Tensor w = part(quaternion, 0), x = part(quaternion, 1), y = part(quaternion, 2), z = part(quaternion, 3);
        Scalar two = new Scalar(2);
        Tensor one = w.mul(new Scalar(0)).add(new Scalar(1));
        return Tensors.cat(1,
                one.sub(y.square().add(z.square()).mul(two)), x.mul(y).sub(w.mul(z)).mul(two), x.mul(z).add(w.mul(y)).mul(two),
                x.mul(y).add(w.mul(z)).mul(two), one.sub(x.square().add(z.square()).mul(two)), y.mul(z).sub(w.mul(x)).mul(two),
                x.mul(z).sub(w.mul(y)).mul(two), y.mul(z).add(w.mul(x)).mul(two), one.sub(x.square().add(y.square()).mul(two)))
                .unflatten(1, 3, 3);
    }

    /** @return (9, 16) */
    private static Tensor hornMatrix() {
        float[] matrix = new float[9 * HORN.length];
        for (int entry = 0; entry < HORN.length; entry++) {
            for (int term : HORN[entry]) {
                matrix[(Math.abs(term) - 1) * HORN.length + entry] = term < 0 ? -1 : 1;
            }
        }
        return Tensors.of(matrix, 9, HORN.length);
    }

    private static Tensor part(Tensor quaternion, long index) {
        return quaternion.narrow(1, index, 1);
    }

    private static Tensor entry(Tensor rotation, long row, long column) {
        return rotation.select(1, row).select(1, column);
    }

    private static Tensor degrees(Tensor radians) {
        return radians.mul(new Scalar(DEGREES));
    }

    private static Tensor sum(Tensor points) {
        return points.sum(new long[] {1}, true, new org.bytedeco.pytorch.ScalarTypeOptional());
    }

    private static Tensor total(Tensor points) {
        return points.flatten(1, 2).sum(1);
    }
}
