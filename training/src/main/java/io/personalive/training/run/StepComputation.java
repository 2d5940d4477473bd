package io.personalive.training.run;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.Turn;
import io.personalive.torch.distributed.PeerLostException;
import io.personalive.torch.distributed.Peers;
import io.personalive.torch.training.Autocast;
import io.personalive.torch.training.GradientPass;
import io.personalive.training.data.Batch;
import io.personalive.training.recipe.OptimiserOptions;
import io.personalive.training.stages.Draws;
import io.personalive.training.stages.Loss;
import io.personalive.training.stages.Objective;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Computes steps: the losses and gradients of some batches, joined with those of other processes. */
final class StepComputation {
    private final List<Trainee> trainees;
    private final OptimiserOptions options;
    private final long seed;
    private final Device device;
    private final Peers peers;
    private final List<String> columns = new ArrayList<>();

    StepComputation(List<Trainee> trainees, OptimiserOptions options, long seed, Device device, Peers peers) {
        this.trainees = trainees;
        this.options = options;
        this.seed = seed;
        this.device = device;
        this.peers = peers;
        for (Trainee trainee : trainees) {
            Objective objective = trainee.objective();
            if (trainee != trainees.get(0)) {
                columns.add(objective.name());
            }
            columns.addAll(objective.parts());
        }
    }

    /** Further columns of the loss table. */
    List<String> columns() {
        List<String> all = new ArrayList<>(columns);
        all.addAll(List.of(Step.LEARNING_RATE, Step.GRADIENT_NORM));
        return all;
    }

    /**
     * Leaves joined gradients behind.
     *
     * @param step    from 1
     * @param batches one a pass
     * @param stop    whether this process was asked to stop
     */
    Step compute(long step, List<Batch> batches, boolean stop) throws PeerLostException {
        try (Scope scope = new Scope()) {
            Map<String, Double> sums = new LinkedHashMap<>();
            double loss = passes(step, batches, sums);
            double[] numbers = new double[columns.size() + 2];
            numbers[0] = loss / batches.size();
            numbers[1] = stop ? 1 : 0;
            for (int i = 0; i < columns.size(); i++) {
                numbers[2 + i] = sums.getOrDefault(columns.get(i), 0.0) / batches.size();
            }
            mean(numbers);
            double norm = 0;
            for (Trainee trainee : trainees) {
                double each = trainee.join(peers, batches.size());
                norm = trainee == trainees.get(0) || !Double.isFinite(each) ? each : norm;
            }
            Map<String, Double> parts = new LinkedHashMap<>();
            for (int i = 0; i < columns.size(); i++) {
                parts.put(columns.get(i), numbers[2 + i]);
            }
            parts.put(Step.LEARNING_RATE, options.rate(step));
            parts.put(Step.GRADIENT_NORM, norm);
            return new Step(numbers[0], parts, numbers[1] > 0);
        }
    }

    private double passes(long step, List<Batch> batches, Map<String, Double> sums) {
        // the turn ends before other processes are waited for
        try (Turn turn = Turn.on(device)) {
            trainees.forEach(Trainee::clear);
            double loss = 0;
            for (Batch batch : batches) {
                loss += pass(step, batch, sums);
            }
            return loss;
        }
    }

    private double pass(long step, Batch batch, Map<String, Double> sums) {
        double first = 0;
        Draws draws = draws(step, batch);
        // what an objective made of the batch may serve the next one
        try (Scope scope = new Scope()) {
            for (Trainee trainee : trainees) {
                trainees.forEach(each -> each.attend(each == trainee));
                Loss loss = backward(trainee.objective(), batch, draws);
                double value = loss.total().item_double();
                loss.parts().forEach((name, part) -> sums.merge(name, part, Double::sum));
                if (trainee == trainees.get(0)) {
                    first = value;
                } else {
                    sums.merge(trainee.objective().name(), value, Double::sum);
                }
            }
        }
        return first;
    }

    private Loss backward(Objective objective, Batch batch, Draws draws) {
        try (GradientPass pass = new GradientPass(device, options.recompute())) {
            Loss loss = inAutocast(() -> objective.loss(batch, draws));
            pass.backward(loss.total());
            return loss;
        }
    }

    /** The loss of the first objective, without gradients. */
    double measure(Batch batch) {
        try (Turn turn = Turn.on(device); Scope scope = new Scope()) {
            Draws draws = draws(0, batch);
            return Scope.withoutGradient(() -> inAutocast(() -> trainees.get(0).objective().loss(batch, draws)).total().item_double());
        }
    }

    Draws draws(long step, Batch batch) {
        return new Draws(seed, step, batch.position() * batch.samples(), batch.samples());
    }

    /** In bfloat16 where that is wanted and the hardware multiplies it. */
    <T> T inAutocast(Supplier<T> computation) {
        if (options.autocast().equals("off")) {
            return computation.get();
        }
        try (Autocast cast = Autocast.of(device)) {
            return computation.get();
        }
    }

    private void mean(double[] numbers) throws PeerLostException {
        if (peers.count() == 1) {
            return;
        }
        Tensor tensor = Tensors.empty(ScalarType.Double, numbers.length);
        DoublePointer memory = new DoublePointer(tensor.data_ptr());
        memory.put(numbers, 0, numbers.length);
        peers.mean(tensor);
        memory.get(numbers);
    }
}
