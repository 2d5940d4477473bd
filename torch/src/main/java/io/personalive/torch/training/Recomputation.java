package io.personalive.torch.training;

import io.personalive.torch.Device;
import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import java.util.ArrayList;
import java.util.HashMap;
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
 * Tensor tokens = run.read(motionTokens);                        // what several segments read
 * Tensor last = run.forward(segments, List.of(latents)).get(0);
 * loss(last).backward();                                         // as far as the outputs
 * run.backward();                                                // through the segments, and on to where the inputs came from
 * }</pre>
 *
 * <p>It holds all tensors that it needs until it is closed. A {@link GradientPass} begins one and runs its backward pass.
 */
public final class Recomputation implements AutoCloseable {
    /** One part of the computation. It must compute the same when it runs again, random numbers included. */
    @FunctionalInterface
    public interface Segment {
        /**
         * @param state what the segment before gave; a tensor that only passes through may be given on as it is
         * @return what the next segment takes
         */
        List<Tensor> forward(List<Tensor> state);
    }

    /** What a segment began with: its inputs, which this owns, and the state of the random numbers. */
    private record Border(List<Tensor> state, Map<String, Tensor> random) {
        void release() {
            state.forEach(Scope::release);
            random.values().forEach(Scope::release);
        }
    }

    private final Device device;
    private final boolean autocast;
    /** What came from elsewhere, and in {@code leaves} the same values as places where gradients arrive. */
    private final List<Tensor> origins = new ArrayList<>(), leaves = new ArrayList<>();
    private final List<Border> borders = new ArrayList<>();
    private List<Segment> segments = List.of();
    private List<Tensor> inputs = List.of(), outputs = List.of();

    /** @param device where the segments compute, in the number format that this thread is in now */
    Recomputation(Device device) {
        this.device = device;
        autocast = Autocast.isOn(device);
    }

    /**
     * What segments read beside their state must be read from here: what {@code origin} came from is gone through once,
     * when all segments are done.
     *
     * @return the same values
     */
    public Tensor read(Tensor origin) {
        try (Scope scope = new Scope()) {
            Tensor leaf = leaf(origin, origin.requires_grad());
            origins.add(Scope.own(origin));
            leaves.add(Scope.own(leaf));
            return scope.keep(leaf);
        }
    }

    /**
     * Runs the segments one after the other, recording nothing.
     *
     * @param inputs what the first segment takes; they get gradients where they require them
     * @return what the last segment gave: whatever is computed from it goes backward as far as here. This stays its owner
     */
    public List<Tensor> forward(List<Segment> segments, List<Tensor> inputs) {
        this.segments = List.copyOf(segments);
        this.inputs = List.copyOf(inputs);
        inputs.forEach(Scope::own);
        List<Tensor> state = own(inputs);
        for (Segment segment : segments) {
            List<Tensor> begin = state;
            try (Scope scope = new Scope()) {
                Map<String, Tensor> random = RandomState.save(device);
                random.values().forEach(Scope::own);
                borders.add(new Border(begin, random));
                state = own(Pass.FIRST.run(() -> segment.forward(begin)));
            }
        }
        outputs = state;
        outputs.forEach(output -> output.set_requires_grad(output.is_floating_point()));
        return outputs;
    }

    /** Handles of their own on the same memory, without history. */
    private static List<Tensor> own(List<Tensor> tensors) {
        try (Scope scope = new Scope()) {
            return tensors.stream().map(tensor -> Scope.own(tensor.detach())).toList();
        }
    }

    /** Bytes that are held for the backward pass, those of the inputs included. */
    public long heldBytes() {
        Map<Long, Long> bytes = new HashMap<>();
        for (Border border : borders) {
            for (Tensor tensor : border.state()) {
                bytes.put(tensor.data_ptr().address(), tensor.numel() * tensor.element_size());
            }
        }
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Takes the gradients that the outputs have got backward: to the parameters, the inputs and what was read, and on
     * through whatever these were computed from. Borders are freed on the way. Random numbers go on afterwards as if it
     * hadn't been.
     */
    public void backward() {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> randomNow = RandomState.save(device);
            List<Tensor> gradients = outputs.stream().map(output -> shared(output.grad())).toList();
            try {
                for (int i = segments.size() - 1; i >= 0; i--) {
                    gradients = backward(i, gradients);
                }
            } finally {
                RandomState.restore(device, randomNow);
            }
            List<Tensor> ends = new ArrayList<>(inputs), arrived = new ArrayList<>(gradients);
            ends.addAll(origins);
            leaves.forEach(leaf -> arrived.add(leaf.grad()));
            backward(ends, arrived);
            gradients.forEach(Scope::release);
        }
    }

    /**
     * @param given of what the segment gave; freed here
     * @return the gradients of what it began with, which the caller frees
     */
    private List<Tensor> backward(int number, List<Tensor> given) {
        Border border = borders.remove(number);
        try (Scope scope = new Scope()) {
            List<Tensor> begin = new ArrayList<>(), state = border.state();
            for (int i = 0; i < state.size(); i++) {
                begin.add(leaf(state.get(i), number == 0 ? inputs.get(i).requires_grad() : state.get(i).is_floating_point()));
            }
            RandomState.restore(device, border.random());
            List<Tensor> again = again(segments.get(number), begin), ends = new ArrayList<>(), ofEnds = new ArrayList<>();
            for (int i = 0; i < again.size(); i++) {
                if (!begin.contains(again.get(i))) {
                    ends.add(again.get(i));
                    ofEnds.add(given.get(i));
                }
            }
            backward(ends, ofEnds);
            List<Tensor> gradients = begin.stream().map(leaf -> shared(arrived(leaf, again, given))).toList();
            given.forEach(Scope::release);
            return gradients;
        } finally {
            border.release();
        }
    }

    private List<Tensor> again(Segment segment, List<Tensor> begin) {
        try (Autocast same = new Autocast(device, autocast)) {
            return Pass.AGAIN.run(() -> segment.forward(begin));
        }
    }

    /** What came to a leaf through the segment, and what it got as a tensor that only passes: without a copy of either. */
    private static Tensor arrived(Tensor leaf, List<Tensor> again, List<Tensor> given) {
        Tensor sum = leaf.grad();
        for (int i = 0; i < again.size(); i++) {
            if (again.get(i) == leaf && given.get(i).defined()) {
                sum = sum.defined() ? sum.add(given.get(i)) : given.get(i);
            }
        }
        return sum;
    }

    /** A handle of its own, which the caller frees. */
    private static Tensor shared(Tensor tensor) {
        return Scope.own(new Tensor(tensor));
    }

    private static Tensor leaf(Tensor tensor, boolean wanted) {
        Tensor leaf = tensor.detach();
        leaf.set_requires_grad(wanted);
        return leaf;
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
        for (List<Tensor> held : List.of(inputs, outputs, origins, leaves)) {
            held.forEach(Scope::release);
        }
    }
}
