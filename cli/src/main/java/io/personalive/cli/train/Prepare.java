package io.personalive.cli.train;

import io.personalive.cli.UserError;
import io.personalive.media.PendingFile;
import io.personalive.training.data.LabelledFolder;
import io.personalive.training.data.PackedDataset;
import io.personalive.training.data.PackedDatasetWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code prepare}: packs labelled clips and stills for training. */
@Command(name = "prepare", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Packs framed and labelled clips and stills into one folder to train from.")
public final class Prepare implements Callable<Integer> {
    @Option(names = "--labelled", required = true, paramLabel = "DIR",
            description = "A folder with clips.csv (and faces.csv, portraits.csv) and labels/.")
    private Path labelled;

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "Where the packed pictures go.")
    private Path output;

    @Option(names = "--size", paramLabel = "PIXELS", defaultValue = "256",
            description = "Side of the packed pictures (default: ${DEFAULT-VALUE}).")
    private int size;

    @Option(names = "--cuts", paramLabel = "FILE",
            description = "Cuts inside clips: a table with the columns id and frame (the first one after the cut).")
    private Path cuts;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (size < 16 || size > 4096) {
            throw new UserError("--size " + size + ": from 16 to 4096 pixels are possible");
        }
        PrintWriter err = spec.commandLine().getErr();
        LabelledFolder folder = new LabelledFolder(labelled, size, cuts);
        String source = folder.source();
        if (Files.exists(output.resolve("stamp.json")) && isCurrent(source)) {
            err.println("personalive: " + output + " holds these pictures already");
            err.flush();
            return 0;
        }
        PendingFile pending = PendingFile.folderBeside(output);
        try (PackedDatasetWriter packed = new PackedDatasetWriter(pending.temporary(), size)) {
            List<String> dropped = folder.packInto(packed);
            packed.finish(source);
            pending.commit();
            dropped.forEach(line -> err.println("personalive: left out: " + line));
            err.println("personalive: " + output + ": " + packed.size() + " pictures");
            err.flush();
        } finally {
            pending.discard();
        }
        return 0;
    }

    private boolean isCurrent(String source) throws IOException {
        try (PackedDataset packed = PackedDataset.open(output)) {
            return packed.side() == size && packed.source().equals(source);
        }
    }
}
