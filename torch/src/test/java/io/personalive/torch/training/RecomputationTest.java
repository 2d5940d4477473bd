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
            for (Recomputation.Segment segment : segments(plain)) {
                state = segment.forward(state, List.of(plain.get(1)));
            }
            loss(state).backward();
            float[] nextNumbers = Tensors.floats(torch.rand(4));

            RandomState.seed(5);
            try (Recomputation run = Recomputation.forward(segments(segmented), List.of(origin(segmented)),
                    List.of(segmented.get(1)), Device.CPU)) {
                // three borders of a state of two tensors, of which a pass holds many more inside
                assertEquals((1 + 2 + 2) * 4L * WIDTH * Float.BYTES, run.heldBytes());
                loss(run.outputs()).backward();
                run.backward();
            }
            assertArrayEquals(nextNumbers, Tensors.floats(torch.rand(4)));
            for (int i = 0; i < plain.size(); i++) {
                assertArrayEquals(Tensors.floats(plain.get(i).grad()), Tensors.floats(segmented.get(i).grad()), 1e-6f,
                        "tensor " + i);
            }
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

    /** The origin of the first input, the side input, then a weight a segment. */
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

    /** Each hands on a tensor for later, as a UNet does, reads the side input, and drops some values at random. */
    private static List<Recomputation.Segment> segments(List<Tensor> tensors) {
        List<Recomputation.Segment> segments = new ArrayList<>();
        for (Tensor weight : tensors.subList(2, tensors.size())) {
            segments.add((state, side) -> {
                Tensor x = state.get(0);
                Tensor out = torch.dropout(x.mm(weight).tanh().mul(side.get(0)).add(x), 0.25, true);
                return List.of(out, state.size() > 1 ? state.get(1) : x);
            });
        }
        return segments;
    }

    private static Tensor loss(List<Tensor> state) {
        return state.get(0).mul(state.get(1)).sum();
    }
}
