package io.personalive.networks.warp;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.RandomTensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class FlowTest {
    private static final int SIDE = 16;

    @Test
    void pointsThatStayLeaveThePictureAsItIs() {
        try (Scope scope = new Scope()) {
            Tensor points = RandomTensors.of(1, 2, 12, 2), picture = RandomTensors.of(2, 2, 3, SIDE, SIDE);
            Flow flow = Flow.between(points, points, SIDE, JacobianLimit.USUAL);

            assertEquals(0, Comparison.relativeError(flow.sample(picture), picture), 1e-5);
            assertEquals(1, flow.validity(SIDE, SIDE).min().item_float(), 1e-5);
        }
    }

    @Test
    void affineMovesAreExact() {
        try (Scope scope = new Scope()) {
            Tensor matrix = Tensors.of(new float[] {0.9f, 0.1f, -0.2f, 1.1f}, 2, 2);
            Tensor shift = Tensors.of(new float[] {0.05f, -0.1f}, 2);
            Tensor target = RandomTensors.of(1, 1, 12, 2), points = RandomTensors.of(2, 30, 2);

            assertEquals(0, Comparison.relativeError(
                    ThinPlateSpline.map(target, target.matmul(matrix).add(shift), points),
                    points.matmul(matrix).add(shift).unsqueeze(0)), 1e-4);
        }
    }

    @Test
    void aPictureOfABatchIsMovedAsIfAlone() {
        try (Scope scope = new Scope()) {
            Tensor target = RandomTensors.of(1, 2, 12, 2), source = RandomTensors.of(2, 2, 12, 2);
            Tensor both = Flow.between(source, target, SIDE, null).places();
            Tensor second = Flow.between(source.narrow(0, 1, 1), target.narrow(0, 1, 1), SIDE, null).places();

            assertEquals(0, Comparison.relativeError(both.narrow(0, 1, 1), second), 1e-4);
        }
    }

    @Test
    void gradientsReachBothLandmarks() {
        try (Scope scope = new Scope()) {
            Tensor target = RandomTensors.of(1, 1, 12, 2).set_requires_grad(true);
            Tensor source = RandomTensors.of(2, 1, 12, 2).set_requires_grad(true);
            Flow.between(source, target, SIDE, JacobianLimit.USUAL).sample(RandomTensors.of(3, 1, 3, SIDE, SIDE))
                    .square().sum().backward();

            assertTrue(target.grad().norm().item_double() > 0 && source.grad().norm().item_double() > 0);
            assertTrue(Double.isFinite(target.grad().norm().item_double() + source.grad().norm().item_double()));
        }
    }

    @Test
    void theLimitTakesOutMostFolds() {
        try (Scope scope = new Scope()) {
            // two neighbours change places: the plain spline folds between them
            Tensor target = Tensors.of(new float[] {-0.3f, 0, 0.3f, 0}, 1, 2, 2);
            Tensor swapped = target.mul(new Scalar(-1));
            Tensor plain = Flow.between(ControlPoints.withBorder(swapped), ControlPoints.withBorder(target), 64, null)
                    .validity(64, 64).narrow(1, 0, 1);
            Tensor limited = Flow.between(ControlPoints.withBorder(swapped), ControlPoints.withBorder(target), 64,
                    JacobianLimit.USUAL).validity(64, 64).narrow(1, 0, 1);

            double before = folded(plain), after = folded(limited);
            assertTrue(before > 0.02, "the plain flow folds in " + before);
            assertTrue(after < before / 2, before + " folded before, " + after + " with the limit");
        }
    }

    @Test
    void whatComesFromOutsideIsTold() {
        try (Scope scope = new Scope()) {
            Tensor target = RandomTensors.of(1, 1, 12, 2);
            Tensor inside = Flow.between(target.add(new Scalar(1)), target, SIDE, null).validity(SIDE, SIDE).select(1, 1);

            assertEquals(0.25, inside.mean().item_double(), 0.05);
        }
    }

    /** The part of the picture where the flow folds. */
    private static double folded(Tensor area) {
        return Tensors.to(area.le(new Scalar(0)), area.scalar_type()).mean().item_double();
    }
}
