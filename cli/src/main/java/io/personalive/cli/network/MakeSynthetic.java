package io.personalive.cli.network;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.SyntheticFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes a model of synthetic weights: what to test integrations with, without a download. */
@Command(name = "make-synthetic", mixinStandardHelpOptions = true, sortOptions = false,
        description = {"Writes a model of synthetic weights as a folder, for testing integrations: in the official layout, or "
                + "as a model.json describes it.",
            "Its pictures mean nothing. In the official layout the motion networks have one size, about 400 MB; 'personalive' "
                + "takes some 10 GB of disk and 7 GB of memory."})
public final class MakeSynthetic implements Callable<Integer> {
    @Option(names = "--config", required = true, paramLabel = "NAME|FILE|FOLDER", completionCandidates = Names.class,
            description = "The sizes: ${COMPLETION-CANDIDATES}, a model.json or a folder with one.")
    private String config;

    @Option(names = "--output", required = true, paramLabel = "FOLDER",
            description = "The folder to make; it may exist if it is empty.")
    private Path output;

    @Override
    public Integer call() throws IOException {
        ModelConfig named = ModelConfig.named(config);
        if (named != null) {
            SyntheticFolder.write(output, named);
        } else {
            SyntheticFolder.writeDescribed(output, ModelSource.parse("synthetic:" + config));
        }
        System.out.println(output + ": use it with --model " + output);
        return 0;
    }

    /** The configurations for the help text. */
    static final class Names implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return ModelConfig.names().iterator();
        }
    }
}
