package io.personalive.torch.training;

import io.personalive.torch.Device;
import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * A computation in segments of which only the borders are held for the backward pass: that runs each segment once more,
 * last first. Costs one more forward pass and saves most of the memory of activations. Chen et al. 2016.
 *
 * <pre>{@code
 * try (Recomputation run = Recomputation.forward(segments, List.of(latents), List.of(bankTokens, motionTokens), device)) {
 *     loss(run.outputs().get(0)).backward();   // as far as the outputs
 *     run.backward();                          // through the segments, and on through what the inputs came from
 * }
 * }</pre>
 */
public final class Recomputation implements AutoCloseable {
    /** One part of the computation. It must compute the same when it runs again, random numbers included. */
    public interface Segment {
        /**
         * @param state what the segment before gave; a tensor that only passes through may be given on as it is
         * @param side  what all segments read
         * @return what the next segment takes
         */
        List<Tensor> forward(List<Tensor> state, List<Tensor> side);
    }

    /** What a segment began with: its inputs, which this owns, and the state of the random numbers. */
    private record Border(List<Tensor> state, Map<String, Tensor> random) {
        void release() {
            state.forEach(Scope::release);
            random.values().forEach(Scope::release);
        }
    }

    private final List<Segment> segments;
    private final List<Tensor> inputs, side;
    private final Device device;
    private final boolean autocast;
    private final List<Border> borders = new ArrayList<>();
    private List<Tensor> outputs = List.of();

    private Recomputation(List<Segment> segments, List<Tensor> inputs, List<Tensor> side, Device device) {
        this.segments = List.copyOf(segments);
        this.inputs = List.copyOf(inputs);
        this.side = List.copyOf(side);
        this.device = device;
        autocast = Autocast.isOn(device);
    }

    /**
     * Runs the segments one after the other, recording nothing.
     *
     * @param inputs what the first segment takes; they and {@code side} get gradients where they require them, and must
     *               live until the backward pass
     * @param device where the segments compute
     */
    public static Recomputation forward(List<Segment> segments, List<Tensor> inputs, List<Tensor> side, Device device) {
        Recomputation run = new Recomputation(segments, inputs, side, device);
        try {
            run.forward();
            return run;
        } catch (RuntimeException | Error failed) {
            run.close();
            throw failed;
        }
    }

    private void forward() {
        List<Tensor> state = own(inputs);
        for (Segment segment : segments) {
            List<Tensor> begin = state;
            try (Scope scope = new Scope()) {
                Map<String, Tensor> random = RandomState.save(device);
                random.values().forEach(Scope::own);
                borders.add(new Border(begin, random));
                state = own(Pass.FIRST.run(() -> segment.forward(begin, side)));
            }
        }
        outputs = state;
        outputs.forEach(output -> output.set_requires_grad(output.is_floating_point()));
    }

    /** Handles of their own on the same memory, without history. */
    private static List<Tensor> own(List<Tensor> tensors) {
        try (Scope scope = new Scope()) {
            return tensors.stream().map(tensor -> Scope.own(tensor.detach())).toList();
        }
    }

    /** What the last segment gave: whatever is computed from it goes backward as far as here. This stays their owner. */
    public List<Tensor> outputs() {
        return outputs;
    }

    /** Bytes that are held for the backward pass, those of the inputs included. */
    public long heldBytes() {
        return borders.stream().flatMap(border -> border.state().stream())
                .mapToLong(tensor -> tensor.numel() * tensor.element_size()).sum();
    }

    /**
     * Takes the gradients that the outputs have got backward: to the parameters, the inputs and the side inputs, and on
     * through whatever these were computed from. Random numbers go on afterwards as if it hadn't been.
     */
    public void backward() {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> randomNow = RandomState.save(device);
            List<Tensor> gradients = outputs.stream().map(Tensor::grad).toList();
            List<Tensor> sideLeaves = leaves(side, side);
            try {
                for (int i = segments.size() - 1; i >= 0; i--) {
                    List<Tensor> given = gradients, begin = borders.get(i).state();
                    List<Tensor> leaves = leaves(begin, i == 0 ? inputs : null);
                    try (Scope each = new Scope(); Autocast same = new Autocast(device, autocast)) {
                        RandomState.restore(device, borders.get(i).random());
                        Segment segment = segments.get(i);
                        backward(Pass.AGAIN.run(() -> segment.forward(leaves, sideLeaves)), given);
                    }
                    gradients = leaves.stream().map(Tensor::grad).toList();
                }
            } finally {
                RandomState.restore(device, randomNow);
            }
            List<Tensor> origins = new ArrayList<>(inputs);
            origins.addAll(side);
            List<Tensor> arrived = new ArrayList<>(gradients);
            sideLeaves.forEach(leaf -> arrived.add(leaf.grad()));
            backward(origins, arrived);
        }
    }

    /** The same values as places where a gradient arrives, where one is wanted. */
    private static List<Tensor> leaves(List<Tensor> tensors, List<Tensor> origins) {
        List<Tensor> leaves = new ArrayList<>();
        for (int i = 0; i < tensors.size(); i++) {
            Tensor leaf = tensors.get(i).detach();
            boolean wanted = origins == null ? leaf.is_floating_point() : origins.get(i).requires_grad();
            leaf.set_requires_grad(wanted);
            leaves.add(leaf);
        }
        return leaves;
    }

    private static void backward(List<Tensor> ends, List<Tensor> gradients) {
        List<Tensor> roots = new ArrayList<>(), given = new ArrayList<>();
        for (int i = 0; i < ends.size(); i++) {
            if (gradients.get(i).defined() && ends.get(i).requires_grad()) {
                roots.add(ends.get(i));
                given.add(gradients.get(i));
            }
        }
        if (!roots.isEmpty()) {
            torch.backward(vector(roots), vector(given), new BoolOptional(), false, new TensorVector());
        }
    }

    private static TensorVector vector(List<Tensor> tensors) {
        return new TensorVector(tensors.toArray(new Tensor[0]));
    }

    @Override
    public void close() {
        borders.forEach(Border::release);
        outputs.forEach(Scope::release);
    }
}
