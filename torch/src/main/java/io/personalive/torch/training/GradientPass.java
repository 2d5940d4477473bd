package io.personalive.torch.training;

import io.personalive.torch.Device;
import io.personalive.torch.Pass;
import io.personalive.torch.Scope;
import io.personalive.torch.training.Recomputation.Segment;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * A forward pass of this thread and the backward pass that follows. Where it recomputes, networks that consist of
 * segments hold the borders of these alone; they ask {@link #recomputation}.
 *
 * <pre>{@code
 * try (GradientPass pass = new GradientPass(device, true)) {
 *     pass.backward(loss(batch));
 * }
 * }</pre>
 */
public final class GradientPass implements AutoCloseable {
    private static final ThreadLocal<GradientPass> CURRENT = new ThreadLocal<>();

    private final Device device;
    private final boolean recomputes;
    private final GradientPass before = CURRENT.get();
    private final List<Recomputation> recomputations = new ArrayList<>();

    /**
     * Begins one in this thread.
     *
     * @param device     where networks compute
     * @param recomputes whether memory counts for more than time
     */
    public GradientPass(Device device, boolean recomputes) {
        this.device = device;
        this.recomputes = recomputes;
        CURRENT.set(this);
    }

    /** @return where a network's segments are to run, empty if they run plainly; the pass closes it */
    public static Optional<Recomputation> recomputation() {
        GradientPass pass = CURRENT.get();
        if (pass == null || !pass.recomputes || Pass.current() != Pass.TRAINING) {
            return Optional.empty();
        }
        Recomputation run = new Recomputation(pass.device);
        pass.recomputations.add(run);
        return Optional.of(run);
    }

    /**
     * A tensor that segments and something else read: what it came from is gone through once, when gradients have come
     * from all of them.
     *
     * @return the same values, in the caller's scope
     */
    public static Tensor joint(Tensor tensor) {
        return recomputation().map(run -> run.read(tensor)).orElse(tensor);
    }

    /**
     * Layers one after the other, of which each frees what the one before gave; a segment each where that is wanted.
     *
     * @return what the last one gave, in the caller's scope
     */
    public static Tensor through(List<UnaryOperator<Tensor>> layers, Tensor input) {
        try (Scope scope = new Scope()) {
            Optional<Recomputation> run = recomputation();
            if (run.isPresent()) {
                List<Segment> segments = new ArrayList<>();
                layers.forEach(layer -> segments.add(state -> List.of(layer.apply(state.get(0)))));
                return scope.keep(run.get().forward(segments, List.of(input)).get(0));
            }
            Tensor x = layers.get(0).apply(input);
            for (UnaryOperator<Tensor> layer : layers.subList(1, layers.size())) {
                x = scope.replace(x, layer.apply(x));
            }
            return scope.keep(x);
        }
    }

    /** Adds the gradients of a loss that was computed in this pass. */
    public void backward(Tensor loss) {
        loss.backward();
        for (int i = recomputations.size() - 1; i >= 0; i--) {
            try (Recomputation run = recomputations.remove(i)) {
                run.backward();
            }
        }
    }

    @Override
    public void close() {
        CURRENT.set(before);
        recomputations.forEach(Recomputation::close);
    }
}
