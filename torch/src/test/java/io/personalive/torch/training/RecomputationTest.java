package io.personalive.torch.training;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.RandomTensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class RecomputationTest {
    private static final int SEGMENTS = 3, WIDTH = 8;

    @Test
    void gradientsEqualThoseOfThePlainPass() {
        try (Scope scope = new Scope()) {
            List<Tensor> plain = tensors(), segmented = tensors();
            RandomState.seed(5);
            List<Tensor> state = List.of(origin(plain));
            for (Recomputation.Segment segment : segments(plain, plain.get(1))) {
                state = segment.forward(state);
            }
            loss(state).backward();
            float[] nextNumbers = Tensors.floats(torch.rand(4));

            RandomState.seed(5);
            try (GradientPass pass = new GradientPass(Device.CPU, true)) {
                Recomputation run = GradientPass.recomputation().orElseThrow();
                Tensor loss;
                // what it needs it holds, whatever goes before the backward pass
                try (Scope ends = new Scope()) {
                    List<Tensor> outputs = run.forward(segments(segmented, run.read(segmented.get(1))), List.of(origin(segmented)));
                    loss = ends.keep(loss(outputs));
                }
                // three borders of a state of two tensors, of which one passes on and on; a pass holds many more inside
                assertEquals(3 * 4L * WIDTH * Float.BYTES, run.heldBytes());
                pass.backward(loss);
            }
            assertArrayEquals(nextNumbers, Tensors.floats(torch.rand(4)));
            for (int i = 0; i < plain.size(); i++) {
                assertArrayEquals(Tensors.floats(plain.get(i).grad()), Tensors.floats(segmented.get(i).grad()), 1e-6f,
                        "tensor " + i);
            }
        }
    }

    @Test
    void layersInARowAreSegmentsWhereThatIsWanted() {
        try (Scope scope = new Scope()) {
            Tensor weight = RandomTensors.of(1, WIDTH, WIDTH).set_requires_grad(true), x = RandomTensors.of(2, 4, WIDTH);
            List<UnaryOperator<Tensor>> layers = List.of(y -> y.mm(weight), y -> y.tanh(), y -> y.mm(weight));
            List<float[]> gradients = new ArrayList<>();
            for (boolean recomputes : new boolean[] {false, true}) {
                try (GradientPass pass = new GradientPass(Device.CPU, recomputes)) {
                    pass.backward(GradientPass.through(layers, x).square().sum());
                }
                gradients.add(Tensors.floats(weight.grad()));
                weight.mutable_grad().put(new Tensor());
            }
            assertArrayEquals(gradients.get(0), gradients.get(1), 1e-6f);
            assertTrue(GradientPass.recomputation().isEmpty());
        }
    }

    @Test
    void whatWasCastWithoutGradientsLearnsAllTheSame() {
        try (Scope scope = new Scope()) {
            Tensor weight = RandomTensors.of(1, 4, 4).set_requires_grad(true), x = RandomTensors.of(2, 4, 4);
            Tensor out;
            try (Autocast block = new Autocast(Device.CPU, true)) {
                Scope.withoutGradient(() -> x.mm(weight));
                out = x.mm(weight);
            }
            out.sum().backward();
            assertTrue(weight.grad().defined() && weight.grad().abs().sum().item_double() > 0);
        }
    }

    @Test
    void autocastIsOffElsewhereAndLeavesNothing() throws InterruptedException {
        try (Autocast block = new Autocast(Device.CPU, true)) {
            assertTrue(Autocast.isOn(Device.CPU));
            boolean[] other = new boolean[1];
            Thread thread = new Thread(() -> other[0] = Autocast.isOn(Device.CPU));
            thread.start();
            thread.join();
            assertFalse(other[0]);
            try (Scope scope = new Scope()) {
                Tensor weight = RandomTensors.of(1, 4, 4);
                assertEquals(torch.ScalarType.BFloat16, weight.mm(weight).scalar_type().intern());
            }
        }
        assertFalse(Autocast.isOn(Device.CPU));
    }

    @Test
    void randomNumbersGoOnWhereTheyWereSaved() {
        try (Scope scope = new Scope()) {
            RandomState.seed(3);
            torch.randn(3);
            var saved = RandomState.save(Device.CPU);
            float[] first = Tensors.floats(torch.randn(5));
            RandomState.restore(Device.CPU, saved);
            assertArrayEquals(first, Tensors.floats(torch.randn(5)));
        }
    }

    /** The origin of the first input, what all segments read, then a weight a segment. */
    private static List<Tensor> tensors() {
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(RandomTensors.of(1, 4, WIDTH));
        tensors.add(RandomTensors.of(2, 4, WIDTH));
        for (int i = 0; i < SEGMENTS; i++) {
            tensors.add(RandomTensors.of(3 + i, WIDTH, WIDTH));
        }
        tensors.forEach(tensor -> tensor.set_requires_grad(true));
        return tensors;
    }

    /** The first input has a history of its own. */
    private static Tensor origin(List<Tensor> tensors) {
        return tensors.get(0).tanh();
    }

    /**
     * Each hands on a tensor for later, as a UNet does, reads another one, and drops some values at random.
     *
     * @param side is read by all of them
     */
    private static List<Recomputation.Segment> segments(List<Tensor> tensors, Tensor side) {
        List<Recomputation.Segment> segments = new ArrayList<>();
        for (Tensor weight : tensors.subList(2, tensors.size())) {
            segments.add(state -> {
                Tensor x = state.get(0);
                Tensor out = torch.dropout(x.mm(weight).tanh().mul(side).add(x), 0.25, true);
                return List.of(out, state.size() > 1 ? state.get(1) : x);
            });
        }
        return segments;
    }

    private static Tensor loss(List<Tensor> state) {
        return state.get(0).mul(state.get(1)).sum();
    }
}
