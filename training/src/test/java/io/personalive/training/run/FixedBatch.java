package io.personalive.training.run;

import io.personalive.torch.Device;
import io.personalive.torch.distributed.Peers;
import io.personalive.torch.training.NamePattern;
import io.personalive.training.data.Augmentation;
import io.personalive.training.data.Batch;
import io.personalive.training.data.Loader;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.recipe.OptimiserOptions;
import io.personalive.training.stages.Objective;
import io.personalive.training.stages.Stage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Trains a stage on one and the same batch with the same random numbers. */
public final class FixedBatch {
    private FixedBatch() {}

    /**
     * @param data  packed
     * @param until part of the first loss at which it ends before all steps are done
     * @return the loss before each step
     */
    public static List<Double> losses(Stage stage, Path data, double learningRate, int steps, double until) throws Exception {
        return losses(stage, data, learningRate, steps, until, false);
    }

    /** The same, with activations that are computed again or held. */
    static List<Double> losses(Stage stage, Path data, double learningRate, int steps, double until, boolean recompute) throws Exception {
        OptimiserOptions options = new OptimiserOptions(1000, 1, 1, learningRate, 1, 0, 1, 0, 0.9, 0.999, 1e-8, 1, 0, "off", recompute, 1e9);
        List<Trainee> trainees = new ArrayList<>();
        for (Objective objective : stage.objectives()) {
            trainees.add(new Trainee(objective, NamePattern.of(objective.trained()), options, trainees.isEmpty() ? 1 : 0.1, false));
        }
        StepComputation computation = new StepComputation(trainees, options, 1, Device.CPU, Peers.alone());
        List<Double> losses = new ArrayList<>();
        Batch batch = batch(stage, data);
        while (losses.size() < steps && (losses.isEmpty() || losses.get(losses.size() - 1) > losses.get(0) * until)) {
            losses.add(computation.compute(7, List.of(batch), false).loss());
            trainees.forEach(trainee -> trainee.move(1));
        }
        trainees.forEach(Trainee::close);
        return losses;
    }

    private static Batch batch(Stage stage, Path folder) throws Exception {
        try (PackedDataset data = PackedDataset.open(folder);
                Loader loader = new Loader(data, new Loader.Options("train", 2, stage.drivingFrames(), 0, Augmentation.NONE, 3, 1), 0)) {
            return loader.take();
        }
    }
}
