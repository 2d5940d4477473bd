package io.personalive.training.run;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.distributed.Peers;
import io.personalive.torch.training.Autocast;
import io.personalive.torch.training.AveragedParameters;
import io.personalive.torch.training.NamePattern;
import io.personalive.torch.training.RandomState;
import io.personalive.training.data.Batch;
import io.personalive.training.data.Loader;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.recipe.CheckpointOptions;
import io.personalive.training.recipe.DataOptions;
import io.personalive.training.recipe.OptimiserOptions;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.stages.Objective;
import io.personalive.training.stages.Stage;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.Tensor;

/**
 * A training run: steps from where its folder's newest checkpoint left off, written down as they go. One process of
 * several writes; all compute. Belongs to one thread.
 */
public final class Training implements AutoCloseable {
    /** Why {@link #train} returned. */
    public enum Ending {
        /** All steps of the recipe are done. */
        COMPLETE,
        /** The steps that were asked for are done. */
        PAUSED,
        /** Somebody asked it to stop. */
        INTERRUPTED
    }

    private final RunFolder run;
    private final Stage stage;
    private final PackedDataset data;
    private final Peers peers;
    private final Device device;
    private final StartOptions start;
    private final OptimiserOptions optimiser;
    private final DataOptions dataOptions;
    private final CheckpointOptions when;
    private final List<Trainee> trainees = new ArrayList<>();
    private final StepComputation computation;
    private final Checkpoints checkpoints;
    private final LossWatch watch;
    private long step, position;

    /**
     * Begins at the folder's newest checkpoint, or at the stage's weights where there is none.
     *
     * @param stage  stays its maker's, as {@code data} and {@code peers} do
     * @param device where the stage's networks are
     * @throws IllegalArgumentException if the recipe doesn't fit the stage, or the checkpoint neither
     */
    public Training(RunFolder run, Stage stage, Recipe recipe, PackedDataset data, Device device, Peers peers)
            throws IOException {
        this.run = run;
        this.stage = stage;
        this.data = data;
        this.peers = peers;
        this.device = device;
        start = recipe.options(StartOptions.class);
        optimiser = recipe.options(OptimiserOptions.class);
        dataOptions = recipe.options(DataOptions.class);
        when = recipe.options(CheckpointOptions.class);
        for (Objective objective : stage.objectives()) {
            boolean first = trainees.isEmpty();
            String pattern = first && !start.trained().isEmpty() ? start.trained() : objective.trained();
            trainees.add(new Trainee(objective, NamePattern.of(pattern), optimiser, first ? 1 : optimiser.opponentRate(), first));
        }
        computation = new StepComputation(trainees, optimiser, start.seed(), device, peers);
        checkpoints = new Checkpoints(run.checkpoints(), when.checkpointsKept());
        watch = new LossWatch(optimiser.divergesAt());
        if (dataOptions.cacheGigabytes() > 0) {
            boolean cast = computation.inAutocast(() -> Autocast.isOn(device));
            stage.cacheIn(run.cache(), data.fingerprint() + (cast ? " bfloat16" : " float32"), (long) (dataOptions.cacheGigabytes() * 1e9));
        }
        RandomState.seed(start.seed());
        restore();
    }

    /** Steps that are done. */
    public long step() {
        return step;
    }

    /** How many numbers are trained. */
    public long trainedNumbers() {
        return trainees.get(0).trained().elements();
    }

    private void restore() throws IOException {
        try (Scope scope = new Scope(); Checkpoints.Saved saved = checkpoints.newest()) {
            if (saved == null) {
                return;
            }
            for (Trainee trainee : trainees) {
                trainee.restore(Trainee.part(saved.state(), trainee.objective().name() + "/"));
            }
            RandomState.restore(device, Trainee.part(saved.state(), "random/"));
            step = saved.step();
            position = Long.parseLong(saved.progress().get("position"));
            watch.restore(saved.progress().get("watch"));
        }
    }

    /**
     * Trains, and writes a checkpoint and the model at the end, whyever that came.
     *
     * @param maxSteps    ends there even if the recipe has more steps; 0 for no such end
     * @param interrupted asked after each step
     * @throws TrainingStoppedException if the loss is no number any more or grows out of proportion
     */
    public Ending train(long maxSteps, BooleanSupplier interrupted, RunProgress.Listener listener)
            throws IOException, InterruptedException {
        long last = maxSteps > 0 ? Math.min(maxSteps, optimiser.steps()) : optimiser.steps();
        boolean stopped = false;
        if (step < last) {
            try (Loader loader = new Loader(data, loaderOptions(dataOptions.split(), optimiser.batch()),
                    position + peers.rank(), peers.count());
                    RunRecord record = RunRecord.open(run, step, computation.columns(), peers.isFirst())) {
                stopped = train(last, interrupted, listener, loader, record);
            }
        }
        if (peers.isFirst()) {
            export();
        }
        return stopped ? Ending.INTERRUPTED : step < optimiser.steps() ? Ending.PAUSED : Ending.COMPLETE;
    }

    private boolean train(long last, BooleanSupplier interrupted, RunProgress.Listener listener, Loader loader, RunRecord record)
            throws IOException, InterruptedException {
        Pace pace = new Pace(optimiser.batch() * optimiser.accumulation() * peers.count());
        long savedAt = System.nanoTime();
        boolean stop = false;
        while (step < last && !stop) {
            List<Batch> batches = take(loader);
            Step done = computation.compute(step + 1, batches, interrupted.getAsBoolean());
            check(done, batches);
            trainees.forEach(trainee -> trainee.move(step + 1));
            step++;
            position += (long) optimiser.accumulation() * peers.count();
            watch.add(done.loss());
            stop = done.stop();
            record.step(step, done);
            listener.show(pace.progress(step, last, done.loss(), watch.mean(), loader.waitingShare()));
            if (peers.isFirst()) {
                boolean due = when.checkpointEvery() > 0 && step % when.checkpointEvery() == 0
                        || when.checkpointMinutes() > 0 && System.nanoTime() - savedAt > when.checkpointMinutes() * 60e9;
                if (due || step == last || stop) {
                    save(record);
                    savedAt = System.nanoTime();
                }
                if (when.samplesEvery() > 0 && (step % when.samplesEvery() == 0 || step == last)) {
                    record.samples(step, samples());
                }
            }
        }
        return stop && step < last;
    }

    private List<Batch> take(Loader loader) throws IOException, InterruptedException {
        List<Batch> batches = new ArrayList<>();
        for (int pass = 0; pass < optimiser.accumulation(); pass++) {
            batches.add(loader.take());
        }
        return batches;
    }

    private void check(Step done, List<Batch> batches) throws IOException {
        boolean number = Double.isFinite(done.loss()) && Double.isFinite(done.parts().get(Step.GRADIENT_NORM));
        if (number && !watch.diverges(done.loss())) {
            return;
        }
        List<String> files = new ArrayList<>();
        for (Batch batch : batches) {
            String file = "failed-step-" + (step + 1) + "-batch-" + batch.position() + ".safetensors";
            FailedBatch.write(run.path().resolve(file), batch);
            files.add(file);
        }
        throw new TrainingStoppedException("step " + (step + 1) + ": the loss is " + done.loss() + " and the gradient's length "
                + done.parts().get(Step.GRADIENT_NORM) + (number ? ", where the loss was " + watch.mean() + " of late" : "")
                + ". The weights were left as they were before it, and the checkpoints with them; the batch is in "
                + String.join(", ", files) + ". Go on with --resume and a lower rate: --set learning_rate="
                + optimiser.learningRate() / 2);
    }

    private Loader.Options loaderOptions(String split, int batch) {
        return new Loader.Options(split, batch, stage.drivingFrames(), dataOptions.stillShare(), dataOptions.augmentation(),
                start.seed(), dataOptions.loaderThreads());
    }

    private void save(RunRecord record) throws IOException {
        double score = watch.mean();
        if (when.validationBatches() > 0) {
            score = validate();
            record.scalar("validation", step, score);
        }
        try (Scope scope = new Scope()) {
            Map<String, Tensor> state = new LinkedHashMap<>();
            trainees.forEach(trainee -> trainee.state().forEach((name, tensor) ->
                    state.put(trainee.objective().name() + "/" + name, tensor)));
            RandomState.save(device).forEach((name, tensor) -> state.put("random/" + name, tensor));
            checkpoints.save(step, state, Map.of("position", Long.toString(position), "watch", watch.text()), score);
        }
    }

    /** The mean loss of the averaged weights on the first batches of the val split. */
    private double validate() throws IOException {
        double sum = 0;
        try (Loader loader = new Loader(data, loaderOptions("val", optimiser.batch()), 0);
                AveragedParameters.Exchange averaged = trainees.get(0).averaged()) {
            for (int i = 0; i < when.validationBatches(); i++) {
                sum += computation.measure(loader.take());
            }
        } catch (InterruptedException ending) {
            Thread.currentThread().interrupt();
            return Double.POSITIVE_INFINITY;
        }
        return sum / when.validationBatches();
    }

    private BufferedImage samples() throws IOException, InterruptedException {
        String split = data.hasFrames("val", stage.drivingFrames()) ? "val" : dataOptions.split();
        try (Loader loader = new Loader(data, loaderOptions(split, Math.min(optimiser.batch(), 4)), 0);
                AveragedParameters.Exchange averaged = trainees.get(0).averaged()) {
            Batch batch = loader.take();
            return SampleSheet.of(Scope.withoutGradient(() -> computation.inAutocast(() ->
                    stage.samples(batch, computation.draws(0, batch)))));
        }
    }

    private void export() throws IOException {
        try (AveragedParameters.Exchange averaged = trainees.get(0).averaged()) {
            stage.export(run.exported());
        }
    }

    @Override
    public void close() {
        trainees.forEach(Trainee::close);
    }
}
