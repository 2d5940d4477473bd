package io.personalive.networks.landmark;

import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/**
 * Tells a face's shape from its expression by one look: the most likely expression of a face x is M (x - mean), with
 * M = E (S + E)^-1 of the covariances E of expressions of one person and S of the faces of many (Wiener's filter).
 */
public final class RestFace {
    private static final long PLANE = 2L * MeanFace.POINTS;

    private final Tensor mean, expression;

    public RestFace(Weights at) {
        mean = at.buffer("mean", MeanFace.POINTS, 2);
        expression = at.buffer("expression", PLANE, PLANE);
    }

    /**
     * @param canonical (b, 129, 3), faces in the head frame
     * @return (b, 129, 3), the same faces at rest: mouth closed, eyes open
     */
    public Tensor of(Tensor canonical) {
        try (Scope scope = new Scope()) {
            Tensor plane = canonical.narrow(2, 0, 2);
            Tensor apart = plane.sub(mean.unsqueeze(0)).flatten(1, 2);
            Tensor expressed = apart.matmul(expression.transpose(0, 1)).unflatten(1, MeanFace.POINTS, 2);
            return scope.keep(Tensors.cat(2, plane.sub(expressed), canonical.narrow(2, 2, 1)));
        }
    }
}
