package io.personalive.training.run;

import io.personalive.animation.model.ModelSource;
import io.personalive.torch.Device;
import io.personalive.torch.Tensors;
import io.personalive.torch.distributed.Peers;
import io.personalive.torch.training.NamePattern;
import io.personalive.training.data.Augmentation;
import io.personalive.training.data.Batch;
import io.personalive.training.data.Loader;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.recipe.CommonOptions;
import io.personalive.training.recipe.OptimiserOptions;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.stages.Objective;
import io.personalive.training.stages.Stage;
import io.personalive.training.stages.StageName;
import io.personalive.training.stages.StartModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What the first step of a run computes.
 *
 * @param loss      of the model
 * @param gradients of the model's parameters, then of its opponent's
 */
record OneStep(double loss, List<float[]> gradients) {
    /**
     * @param model as {@code --model} takes it
     * @param data  packed
     */
    static OneStep of(StageName name, String model, Path data, OptimiserOptions options, Peers peers) throws Exception {
        // weights that keep the variance of what passes through: others make much of rounding
        StartModel start = new StartModel(ModelSource.parse(model), new StartOptions("*", "", "", "frozen", 3), Device.CPU);
        Recipe recipe = CommonOptions.with(name.defaults());
        recipe = recipe.toml().contains("discriminator_width") ? recipe.set("discriminator_width=4").set("r1_share=1") : recipe;
        try (Stage stage = name.open(start, recipe); PackedDataset packed = PackedDataset.open(data);
                Loader loader = new Loader(packed, new Loader.Options("train", options.batch(), stage.drivingFrames(), 0,
                        Augmentation.USUAL, 5, 1), peers.rank(), peers.count())) {
            List<Trainee> trainees = new ArrayList<>();
            for (Objective objective : stage.objectives()) {
                trainees.add(new Trainee(objective, NamePattern.of(objective.trained()), options, 1, false));
            }
            List<Batch> batches = new ArrayList<>();
            for (int pass = 0; pass < options.accumulation(); pass++) {
                batches.add(loader.take());
            }
            Step step = new StepComputation(trainees, options, 5, Device.CPU, peers).compute(1, batches, false);
            OneStep done = new OneStep(step.loss(), trainees.stream().map(trainee -> Tensors.floats(trainee.gradients().flat())).toList());
            trainees.forEach(Trainee::close);
            return done;
        }
    }

    /** @return the largest difference of a gradient, as a part of the largest gradient of the same objective */
    double apart(OneStep other) {
        double most = 0;
        for (int objective = 0; objective < gradients.size(); objective++) {
            float[] own = gradients.get(objective), others = other.gradients.get(objective);
            double largest = 0, apart = 0;
            for (int i = 0; i < own.length; i++) {
                largest = Math.max(largest, Math.abs(own[i]));
                apart = Math.max(apart, Math.abs(own[i] - others[i]));
            }
            most = Math.max(most, apart / largest);
        }
        return most;
    }
}
