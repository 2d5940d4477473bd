package io.personalive.cli.train;

import io.personalive.animation.model.ModelSource;
import io.personalive.cli.console.Interruption;
import io.personalive.cli.console.UserError;
import io.personalive.torch.ComputeThreads;
import io.personalive.torch.distributed.PeerLostException;
import io.personalive.torch.distributed.Peers;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.recipe.CommonOptions;
import io.personalive.training.recipe.Recipe;
import io.personalive.training.recipe.StartOptions;
import io.personalive.training.run.RunFolder;
import io.personalive.training.run.Training;
import io.personalive.training.run.TrainingStoppedException;
import io.personalive.training.stages.Stage;
import io.personalive.training.stages.StageName;
import io.personalive.training.stages.StartModel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The verb {@code train}: trains one stage of a model on prepared data. */
@Command(name = "train", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Trains one stage of a model on prepared data; see docs/training.md.")
public final class Train implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Parameters(paramLabel = "STAGE", description = "What is trained: ${COMPLETION-CANDIDATES}.", completionCandidates = Stages.class)
    private String stage;

    @Option(names = "--data", paramLabel = "PREPARED", description = "A folder that 'prepare' made.")
    private Path data;

    @Option(names = "--output", required = true, paramLabel = "RUN",
            description = "Where everything goes: losses.csv, checkpoints, samples, events for TensorBoard, the trained model.")
    private Path output;

    @Option(names = "--recipe", paramLabel = "FILE|NAME",
            description = "Options of the training, as TOML: a file, or one that comes with the program (official, nano).")
    private String recipe;

    @Option(names = "--model", paramLabel = "START",
            description = "Where sizes and weights come from: a model's folder, synthetic:NAME, synthetic:FILE.json.")
    private String model;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "One option of the recipe; may be given several times.")
    private List<String> settings = new ArrayList<>();

    @Option(names = "--max-steps", paramLabel = "N", defaultValue = "0",
            description = "Stops after this step. The learning rate follows the recipe's steps all the same.")
    private long maxSteps;

    @Option(names = "--threads", paramLabel = "N", defaultValue = "0",
            description = "Processor threads to compute with; 0 leaves the choice to the machine (default: ${DEFAULT-VALUE}).")
    private int threads;

    @Option(names = "--processes", paramLabel = "N", defaultValue = "1",
            description = "Processes on this machine that share each step; for several hosts set MASTER_ADDR, MASTER_PORT, "
                    + "RANK, WORLD_SIZE and LOCAL_RANK instead (default: ${DEFAULT-VALUE}).")
    private int processes;

    @Option(names = "--seed", paramLabel = "N", description = "The same as --set seed=N.")
    private Long seed;

    @Option(names = "--device", paramLabel = "D", defaultValue = "auto",
            description = "auto, cpu, cuda or cuda:N (default: ${DEFAULT-VALUE}).")
    private String device;

    @Option(names = "--resume", description = "Goes on with the run in --output, at its newest checkpoint.")
    private boolean resume;

    @Spec
    private CommandSpec spec;

    /** Names of the stages, for the help. */
    static final class Stages extends ArrayList<String> {
        private static final long serialVersionUID = 1;

        Stages() {
            for (StageName name : StageName.values()) {
                add(name.toString());
            }
        }
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        StageName name = StageName.parse(stage);
        if (threads < 0 || threads > 1024 || maxSteps < 0 || processes < 1 || processes > 256) {
            throw new UserError("--threads " + threads + ", --max-steps " + maxSteps + ", --processes " + processes
                    + ": expected 0 to 1024, 0 or more, 1 to 256");
        }
        try (ProcessGroup group = ProcessGroup.of(System.getenv(), processes)) {
            RunFolder run = resume ? RunFolder.resume(output, name.toString()) : null;
            ModelSource source = ModelSource.parse(model(run));
            Recipe options = recipe(name, run);
            // what the formula makes has gradients hundreds of times as long, and hardly learns
            if (run == null && source.isSizesAlone() && options.options(StartOptions.class).fresh().isEmpty()) {
                options = options.set("fresh=*");
            }
            StartModel start = new StartModel(source, options.options(StartOptions.class), group.device(device));
            ComputeThreads.choose(threads > 0 ? threads : Math.max(1, ComputeThreads.count() / group.here()));
            try (PackedDataset packed = PackedDataset.open(data(run))) {
                if (run == null) {
                    run = group.isFirst() ? RunFolder.begin(output, name.toString(), model, data.toString())
                            : new RunFolder(output, name.toString(), model, data.toString());
                }
                if (group.isFirst()) {
                    options.write(run.recipe());
                    group.start(spec.root().userObject().getClass(), spec.root().commandLine().getParseResult().originalArgs());
                }
                try (Peers peers = group.join(start.device())) {
                    return train(name, run, start, options, packed, peers);
                }
            }
        }
    }

    private int train(StageName name, RunFolder run, StartModel start, Recipe options, PackedDataset packed, Peers peers)
            throws IOException, InterruptedException {
        PrintWriter err = spec.commandLine().getErr();
        try (Interruption interruption = Interruption.waitingAtMost(PATIENCE, "finishing this step and writing a checkpoint …");
                Stage trained = name.open(start, options);
                Training training = new Training(run, trained, options, packed, start.device(), peers)) {
            if (peers.isFirst()) {
                String fresh = start.options().fresh();
                say(err, String.format(Locale.ROOT, "%s of %s%s, %,d numbers trained, from step %d", name, start.source().description(),
                        fresh.isEmpty() ? "" : " with fresh weights of " + fresh, training.trainedNumbers(), training.step()));
            }
            Training.Ending ending;
            try (TrainingProgress progress = new TrainingProgress(name.toString(), training.step())) {
                ending = training.train(maxSteps, interruption::requested, peers.isFirst() ? progress : none -> { });
            } catch (PeerLostException | TrainingStoppedException told) {
                throw told;
            } catch (IOException failed) { // a full disk says no more than that it is full
                throw new IOException(run.path() + ": " + failed.getMessage() + ": the run has stopped after step " + training.step()
                        + ". Its checkpoints are whole: put that right and go on with --resume", failed);
            }
            if (!peers.isFirst()) {
                return 0;
            }
            String model = run.exported().toString();
            switch (ending) {
                case COMPLETE -> say(err, "complete after step " + training.step() + "; the model is in " + model);
                case PAUSED -> say(err, "stopped after step " + training.step() + " as asked, --resume goes on; the model so far is in " + model);
                default -> say(err, "interrupted after step " + training.step() + ", --resume goes on; the model so far is in " + model);
            }
            return ending == Training.Ending.INTERRUPTED ? Interruption.EXIT_CODE : 0;
        }
    }

    private static void say(PrintWriter err, String line) {
        err.println("personalive: " + line);
        err.flush();
    }

    /** The defaults, then the recipe of the run that goes on or the one that was named, then the settings. */
    private Recipe recipe(StageName name, RunFolder run) throws IOException {
        Recipe options = CommonOptions.with(name.defaults());
        if (recipe != null) {
            options = options.with(recipe, name.toString());
        } else if (run != null && Files.exists(run.recipe())) {
            options = options.with(run.recipe());
        }
        for (String setting : settings) {
            options = options.set(setting);
        }
        return seed == null ? options : options.set("seed=" + seed);
    }

    private String model(RunFolder run) {
        if (model == null && run == null) {
            throw new UserError("--model is missing: name the model to start from, such as weights or synthetic:micro");
        }
        return model == null ? run.model() : model;
    }

    private Path data(RunFolder run) {
        if (data == null && run == null) {
            throw new UserError("--data is missing: name a folder that 'personalive prepare' made");
        }
        return data == null ? Path.of(run.data()) : data;
    }
}
