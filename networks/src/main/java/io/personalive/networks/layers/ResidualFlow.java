package io.personalive.networks.layers;

import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Upsample;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * What moves otherwise than head pose and landmarks tell: hair, shoulders, the camera, a cheek. Three coarse grids of
 * displacements, to be added to where a picture's places come from.
 *
 * @param head (b, 2, 8, 8), of the head's layer, x then y, in head units, on a square around the head's origin
 * @param face (b, 2, 8, 8), within the face, in head units, on a smaller such square
 * @param rest (b, 2, 8, 8), of what is behind it, in half pictures, on the whole picture
 */
public record ResidualFlow(Tensor head, Tensor face, Tensor rest) {
    /** Cells of each grid along a side. */
    public static final int SIDE = 8;
    /** Displacements of all grids. */
    public static final int NUMBERS = 3 * 2 * SIDE * SIDE;

    private static final long BILINEAR = 0, REPEAT_BORDER = 1;
    /** Half of the sides of the head's and the face's grids, in head units. */
    private static final double REACH = 3, FACE_REACH = 1.5;
    /** The face, whose landmarks tell most of it: an ellipse around the mean face's oval, in head units, and how soft its rim is. */
    private static final double FACE_DOWN = 0.2, FACE_WIDTH = 1.14, FACE_HEIGHT = 1.37, FACE_INSIDE = 0.7, FACE_RIM = 0.4;

    /** Nothing moves otherwise. */
    public static ResidualFlow none(long batch) {
        return new ResidualFlow(grid(batch), grid(batch), grid(batch));
    }

    private static Tensor grid(long batch) {
        return Tensors.zeros(ScalarType.Float, batch, 2, SIDE, SIDE);
    }

    /**
     * @param numbers (384), as {@link #numbers} gives them
     * @return of one picture
     * @throws IllegalArgumentException if there are more or fewer
     */
    public static ResidualFlow of(float[] numbers) {
        if (numbers.length != NUMBERS) {
            throw new IllegalArgumentException("what moves otherwise than the head is told by " + numbers.length + " numbers, expected "
                    + NUMBERS + ": read the driver with this model");
        }
        Tensor grids = Tensors.of(numbers, 3, 2, SIDE, SIDE);
        return new ResidualFlow(grids.narrow(0, 0, 1), grids.narrow(0, 1, 1), grids.narrow(0, 2, 1));
    }

    /** @return (384), the head's displacements, the face's, the rest's, of one picture */
    public float[] numbers() {
        try (Scope scope = new Scope()) {
            return Tensors.floats(Tensors.cat(0, head, face, rest));
        }
    }

    /** Hands the tensors to the scope around this one. @return this */
    public ResidualFlow keep(Scope scope) {
        scope.keep(head);
        scope.keep(face);
        scope.keep(rest);
        return this;
    }

    /**
     * @param pose to show
     * @param side of the flow
     * @return (b, 2, side, side), displacements of the head's layer, in half pictures
     */
    Tensor headAt(HeadPose pose, long side) {
        try (Scope scope = new Scope()) {
            Tensor scale = pose.scale().reshape(-1, 1, 1, 1);
            return scope.keep(sampled(head, pose, side, false).add(sampled(face, pose, side, true)).mul(scale));
        }
    }

    /** @return (b, 2, side, side), displacements of the rest, in half pictures */
    Tensor restAt(long side) {
        return Upsample.bilinear(rest, side, side);
    }

    /**
     * How much each displacement of the head, or of the face, counts at each place.
     *
     * @return (b, 64, side, side)
     */
    static Tensor headBasis(HeadPose pose, long side, boolean within) {
        try (Scope scope = new Scope()) {
            Tensor unit = torch.eye(SIDE * SIDE).reshape(1, SIDE * SIDE, SIDE, SIDE).to(pose.scale().device(), pose.scale().scalar_type());
            return scope.keep(sampled(unit.expand(pose.scale().size(0), -1, -1, -1), pose, side, within));
        }
    }

    /** @return (1, 64, side, side), how much each displacement of the rest counts at each place */
    static Tensor restBasis(long side) {
        try (Scope scope = new Scope()) {
            return scope.keep(Upsample.bilinear(torch.eye(SIDE * SIDE).reshape(1, SIDE * SIDE, SIDE, SIDE), side, side));
        }
    }

    /** @param within the face, or around it */
    private static Tensor sampled(Tensor grid, HeadPose pose, long side, boolean within) {
        Tensor cells = Flow.cells(side).permute(2, 0, 1).unsqueeze(0).to(pose.scale().device(), pose.scale().scalar_type());
        Tensor units = cells.sub(pose.translation().reshape(-1, 2, 1, 1)).div(pose.scale().reshape(-1, 1, 1, 1));
        Tensor x = units.narrow(1, 0, 1).div(new Scalar(FACE_WIDTH));
        Tensor y = units.narrow(1, 1, 1).sub(new Scalar(FACE_DOWN)).div(new Scalar(FACE_HEIGHT));
        Tensor outside = x.mul(x).add(y.mul(y)).sqrt().sub(new Scalar(FACE_INSIDE)).div(new Scalar(FACE_RIM))
                .clamp(new ScalarOptional(new Scalar(0)), new ScalarOptional(new Scalar(1)));
        Tensor down = Tensors.of(new float[] {0, within ? (float) FACE_DOWN : 0}, 1, 2, 1, 1).to(units.device(), units.scalar_type());
        Tensor places = units.sub(down).div(new Scalar(within ? FACE_REACH : REACH)).permute(0, 2, 3, 1);
        return torch.grid_sampler(grid.contiguous(), places, BILINEAR, REPEAT_BORDER, false).mul(within ? outside.neg().add(new Scalar(1)) : outside);
    }
}
