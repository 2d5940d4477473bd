package io.personalive.networks.warp;

import io.personalive.torch.LinearSystem;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The smoothest map of the plane that brings control points near wanted places; affine maps are met exactly. Bookstein
 * 1989, with Wahba's smoothing. Distances count in whole pictures, coordinates in half pictures.
 */
final class ThinPlateSpline {
    private static final double SMOOTHING = 1e-3, NEAREST = 1e-6;

    private ThinPlateSpline() {}

    /**
     * @param controls (b, n, 2), where the map is known, in half pictures
     * @param values   (b, n, 2), where it leads to
     * @param points   (p, 2), where it is asked for
     * @return (b, p, 2), in the number format of {@code controls}
     */
    static Tensor map(Tensor controls, Tensor values, Tensor points) {
        try (Scope scope = new Scope()) {
            // in double, as control points may lie close together; the map less the identity keeps numbers small
            Tensor known = controls.to(ScalarType.Double);
            Tensor moved = values.to(ScalarType.Double).sub(known);
            Tensor coefficients = Tensors.to(LinearSystem.solve(system(known), padded(moved)), controls.scalar_type());
            long count = controls.size(1);
            Tensor bent = kernel(points.unsqueeze(0), controls).matmul(coefficients.narrow(1, 0, count));
            Tensor affine = withOne(points.unsqueeze(0)).matmul(coefficients.narrow(1, count, 3));
            return scope.keep(bent.add(affine).add(points));
        }
    }

    /** @return (b, n + 3, n + 3) */
    private static Tensor system(Tensor controls) {
        Tensor smoothing = torch.eye(controls.size(1), new TensorOptions(ScalarType.Double)).to(controls.device(),
                ScalarType.Double).mul(new Scalar(SMOOTHING));
        Tensor affine = withOne(controls);
        Tensor above = Tensors.cat(2, kernel(controls, controls).add(smoothing), affine);
        return Tensors.cat(1, above, padded(affine).transpose(1, 2));
    }

    /** @return (b, p, n): r^2 log r between points and controls */
    private static Tensor kernel(Tensor points, Tensor controls) {
        try (Scope scope = new Scope()) {
            Tensor square = squareApart(points, controls, 0).add(squareApart(points, controls, 1)).mul(new Scalar(0.25));
            Tensor log = square.add(new Scalar(NEAREST)).log();
            return scope.keep(square.mul(log).mul(new Scalar(0.5)));
        }
    }

    private static Tensor squareApart(Tensor points, Tensor controls, long axis) {
        return points.narrow(2, axis, 1).sub(controls.narrow(2, axis, 1).transpose(1, 2)).square();
    }

    /** @return (b, n, 3): 1, x, y */
    private static Tensor withOne(Tensor points) {
        return Tensors.cat(2, torch.ones_like(points.narrow(2, 0, 1)), points);
    }

    /** @return three rows of zeros more */
    private static Tensor padded(Tensor rows) {
        return Tensors.cat(1, rows, torch.zeros_like(rows.narrow(1, 0, 3)));
    }
}
