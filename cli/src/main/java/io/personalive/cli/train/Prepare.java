package io.personalive.cli.train;

import io.personalive.cli.console.Interruption;
import io.personalive.cli.console.Progress;
import io.personalive.cli.console.UserError;
import io.personalive.media.PendingFile;
import io.personalive.training.data.LabelledFolder;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.data.PackedDatasetWriter;
import io.personalive.training.preparation.Limits;
import io.personalive.training.preparation.LocalWorkers;
import io.personalive.training.preparation.Preparation;
import io.personalive.training.preparation.PreparationCluster;
import io.personalive.training.preparation.PreparationOptions;
import io.personalive.training.preparation.PreparationWorkers;
import io.personalive.training.preparation.PreparedFolder;
import io.personalive.training.preparation.VideoCollection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code prepare}: makes videos, or clips and stills that are labelled already, ready for training. */
@Command(name = "prepare", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Makes videos, or clips and stills that are framed and labelled already, ready for training.")
public final class Prepare implements Callable<Integer> {
    /** A frame's work, and the closing of files. */
    private static final Duration STOP_WITHIN = Duration.ofMinutes(1);

    @ArgGroup(multiplicity = "1")
    private Source source;

    /** What is prepared. */
    static final class Source {
        @Option(names = "--videos", required = true, paramLabel = "DIR",
                description = "Videos, in folders too: cut at scene changes, framed around the face, measured; a folder in it holds one person's.")
        private Path videos;

        @Option(names = "--labelled", required = true, paramLabel = "DIR",
                description = "A folder with clips.csv (and faces.csv, portraits.csv) and labels/.")
        private Path labelled;
    }

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where the result goes; train --data takes it.")
    private Path output;

    @Option(names = "--size", paramLabel = "PIXELS", defaultValue = "256",
            description = "Side of the packed pictures (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--cuts", paramLabel = "FILE",
            description = "With --labelled: cuts inside clips, a table with the columns id and frame (the first one after the cut).")
    private Path cuts;

    @Option(names = "--clip-size", paramLabel = "PIXELS", defaultValue = "512",
            description = "With --videos: side of the clips at most (default: ${DEFAULT-VALUE}).")
    private int clipSize;

    @Option(names = "--min-face", paramLabel = "PIXELS", defaultValue = "96",
            description = "With --videos: smaller faces are dropped (default: ${DEFAULT-VALUE}).")
    private double smallestFace;

    @Option(names = "--min-sharpness", paramLabel = "X", defaultValue = "20",
            description = "With --videos: more blurred faces are dropped; 0 keeps all (default: ${DEFAULT-VALUE}).")
    private double leastSharpness;

    @Option(names = "--max-turn", paramLabel = "DEGREES", defaultValue = "50",
            description = "With --videos: heads that are turned further to the side are dropped (default: ${DEFAULT-VALUE}).")
    private double furthestTurn;

    @Option(names = "--min-seconds", paramLabel = "S", defaultValue = "1",
            description = "With --videos: shorter clips are dropped (default: ${DEFAULT-VALUE}).")
    private double shortest;

    @Option(names = "--max-seconds", paramLabel = "S", defaultValue = "10",
            description = "With --videos: longer clips are divided (default: ${DEFAULT-VALUE}).")
    private double longest;

    @Option(names = "--val", paramLabel = "PART", defaultValue = "0.05",
            description = "With --videos: part of the persons that is kept for validation (default: ${DEFAULT-VALUE}).")
    private double val;

    @Option(names = "--test", paramLabel = "PART", defaultValue = "0.05",
            description = "With --videos: part of the persons that is kept for testing (default: ${DEFAULT-VALUE}).")
    private double test;

    @Option(names = "--threads", paramLabel = "N", description = "With --videos: so many at a time (default: one a processor core).")
    private Integer threads;

    @Option(names = "--spark", arity = "0..1", fallbackValue = "local[*]", paramLabel = "MASTER",
            description = "With --videos: runs as a job of Apache Spark, on a cluster (spark://HOST:PORT, yarn, k8s://…) or on this machine "
                    + "(local[N]); without MASTER on all of this machine's cores. All machines must see the folders under the same names.")
    private String spark;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException, InterruptedException {
        return source.videos != null ? prepareVideos() : packLabelled();
    }

    private int prepareVideos() throws IOException, InterruptedException {
        if (cuts != null) {
            throw new UserError("--cuts is for --labelled: cuts in videos are found");
        }
        Preparation preparation = new Preparation(new VideoCollection(source.videos, output, new PreparationOptions(size, clipSize,
                new Limits(smallestFace, leastSharpness, furthestTurn, shortest, longest), val, test)));
        try (Interruption interruption = Interruption.waitingAtMost(STOP_WITHIN, "stopping; the same command goes on from here");
                PreparationWorkers workers = workers()) {
            PreparedFolder prepared;
            try (Progress progress = Progress.of("preparing", Progress.Unit.BYTES, preparation.bytes())) {
                prepared = preparation.run(workers, progress::advance, interruption::requested);
            }
            if (prepared == null) {
                say("stopped; the same command goes on from here");
                return Interruption.EXIT_CODE;
            }
            tell(prepared);
            return 0;
        }
    }

    private PreparationWorkers workers() {
        if (spark != null) {
            if (threads != null) {
                throw new UserError("--threads is for this machine alone: with --spark, the master says how many, such as local[" + threads + "]");
            }
            PreparationCluster cluster = ServiceLoader.load(PreparationCluster.class).findFirst().orElseThrow(() -> new UserError(
                    "this program was started without Spark: start it with the script, ./personalive prepare --spark …, which fetches it"));
            return cluster.connect(spark);
        }
        int workers = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
        if (workers < 1 || workers > 1024) {
            throw new UserError("--threads " + threads + ": give 1 to 1024");
        }
        return new LocalWorkers(workers);
    }

    private void tell(PreparedFolder prepared) {
        prepared.failed().forEach(line -> say("left out: " + line));
        say(output + ": " + prepared.clips().size() + " clips, " + prepared.frames() + " frames (clips to train on: " + prepared.clips("train")
                + ", val: " + prepared.clips("val") + ", test: " + prepared.clips("test") + "); what was kept and dropped, and why: "
                + output.resolve("index.html"));
        if (prepared.clips("train") == 0 && !prepared.clips().isEmpty()) {
            say("no clip is left to train on: all these persons fell to other splits. Run it again with --val 0 --test 0");
        }
    }

    private int packLabelled() throws IOException {
        if (spark != null) {
            throw new UserError("--spark is for --videos: what is labelled is packed by this machine alone");
        }
        if (size < 16 || size > 4096) {
            throw new UserError("--size " + size + ": from 16 to 4096 pixels are possible");
        }
        LabelledFolder folder = new LabelledFolder(source.labelled, size, cuts);
        String made = folder.source();
        if (Files.exists(output.resolve("stamp.json")) && isCurrent(made)) {
            say(output + " holds these pictures already");
            return 0;
        }
        PendingFile pending = PendingFile.folderBeside(output);
        try (PackedDatasetWriter packed = new PackedDatasetWriter(pending.temporary(), size)) {
            List<String> dropped = folder.packInto(packed);
            packed.finish(made);
            pending.commit();
            dropped.forEach(line -> say("left out: " + line));
            say(output + ": " + packed.size() + " pictures");
        } finally {
            pending.discard();
        }
        return 0;
    }

    private boolean isCurrent(String made) throws IOException {
        try (PackedDataset packed = PackedDataset.open(output)) {
            return packed.side() == size && packed.source().equals(made);
        }
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("personalive: " + line);
        err.flush();
    }
}
