package io.personalive.networks.warp;

import io.personalive.torch.Scope;
import org.bytedeco.pytorch.Tensor;

/**
 * Moves portraits to another head pose, and another expression, in closed form.
 *
 * @param side  cells of the flow along a side
 * @param limit takes out folds; null leaves them in
 */
public record HeadWarp(long side, JacobianLimit limit) {
    /** A smooth flow needs no more cells; what is finer, lids and lips, {@link Flow#through} brings. */
    public static final HeadWarp USUAL = new HeadWarp(32, JacobianLimit.USUAL);

    /**
     * @param portrait  (b, 129, 3), the portrait's face in the head frame
     * @param from      the portrait's pose
     * @param expressed (b, 129, 3), the face to show, in the head frame: {@code portrait} itself moves the head alone
     * @param to        the pose to show
     */
    public Flow flow(Tensor portrait, HeadPose from, Tensor expressed, HeadPose to) {
        try (Scope scope = new Scope()) {
            Flow flow = Flow.between(controls(portrait, from), controls(expressed, to), side, limit);
            scope.keep(flow.places());
            return flow;
        }
    }

    /**
     * @param canonical (b, 129, 3), a face in the head frame
     * @return (b, n, 2), what leads a warp: the posed landmarks, points of the head, the border
     */
    public static Tensor controls(Tensor canonical, HeadPose pose) {
        try (Scope scope = new Scope()) {
            Tensor posed = pose.posed(ControlPoints.withHead(canonical)).narrow(2, 0, 2);
            return scope.keep(ControlPoints.withBorder(posed));
        }
    }
}
