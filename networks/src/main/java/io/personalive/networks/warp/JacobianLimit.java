package io.personalive.networks.warp;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * Takes the folds out of a flow: where it changes too fast from point to point its slope is cut, and the flow with the
 * nearest slopes takes its place (a screened Poisson equation, solved by the discrete cosine transform). A flow within
 * the limits stays as it is. Some excess remains, less with every round.
 *
 * @param least slope along an axis at least: 1 keeps sizes, below 0 the flow folds
 * @param most  slope along an axis at most: how much the portrait may be shrunk
 * @param shear slope across an axis at most, to either side
 */
public record JacobianLimit(double least, double most, double shear) {
    /** Keeps a head whole that turns by 40 degrees. */
    public static final JacobianLimit USUAL = new JacobianLimit(0.2, 3, 1.5);

    private static final int ROUNDS = 3;
    /** How far a cut is felt, as a part of the picture. */
    private static final double REACH = 0.25;

    /** @throws IllegalArgumentException if the limits don't hold the identity */
    public JacobianLimit {
        if (!(least <= 1 && most >= 1 && shear >= 0)) {
            throw new IllegalArgumentException("slopes from " + least + " to " + most + " and shear " + shear
                    + ": expected at most 1, at least 1, at least 0");
        }
    }

    /**
     * @param moved (b, 2, g, g), the flow less the identity, x first, in half pictures
     * @return the same shape
     */
    Tensor apply(Tensor moved) {
        try (Scope scope = new Scope()) {
            long side = moved.size(2);
            Tensor basis = Cosines.basis(side).to(moved.device(), moved.scalar_type());
            Tensor divisor = Cosines.eigenvalues(side, 1 / Math.pow(REACH * side, 2)).to(moved.device(), moved.scalar_type());
            Tensor flow = moved;
            for (int round = 0; round < ROUNDS; round++) {
                Tensor excess = excess(flow, 3, 0).add(excess(flow, 2, 1));
                Tensor transformed = basis.matmul(excess).matmul(basis.transpose(0, 1)).div(divisor);
                flow = flow.add(basis.transpose(0, 1).matmul(transformed).matmul(basis));
            }
            return scope.keep(flow);
        }
    }

    /** What was cut off the slopes along one dimension, brought back to the points (the transposed difference). */
    private Tensor excess(Tensor flow, long dimension, int along) {
        long side = flow.size(dimension);
        double step = 2.0 / side;
        Tensor slope = flow.narrow(dimension, 1, side - 1).sub(flow.narrow(dimension, 0, side - 1));
        Tensor x = slope.narrow(1, 0, 1), y = slope.narrow(1, 1, 1);
        Tensor cut = Tensors.cat(1, clamp(x, along == 0, step), clamp(y, along == 1, step)).sub(slope);
        Tensor none = cut.narrow(dimension, 0, 1).mul(new Scalar(0));
        return Tensors.cat(dimension, none, cut).sub(Tensors.cat(dimension, cut, none));
    }

    private Tensor clamp(Tensor slope, boolean own, double step) {
        double low = own ? least - 1 : -shear, high = own ? most - 1 : shear;
        return slope.clamp(new ScalarOptional(new Scalar(low * step)), new ScalarOptional(new Scalar(high * step)));
    }
}
