package io.personalive.cli.download;

import io.personalive.cli.console.Interruption;
import io.personalive.cli.console.Progress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The verb {@code download}: brings the official checkpoints. */
@Command(name = "download", mixinStandardHelpOptions = true,
        description = "Downloads the official checkpoints (several gigabytes) and checks them; goes on where it was interrupted.")
public final class Download implements Callable<Integer> {
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

    @Option(names = "--to", paramLabel = "FOLDER", defaultValue = "weights",
            description = "Where the checkpoints go (default: ${DEFAULT-VALUE}).")
    private Path folder;

    @Option(names = "--taesd", description = "Bring the optional tiny autoencoder too: faster, less sharp.")
    private boolean tinyAutoencoder;

    @Option(names = "--verify", description = "Compare files that are already there by their hash too, not only by size.")
    private boolean verify;

    @Option(names = "--endpoint", paramLabel = "URL", defaultValue = "${env:HF_ENDPOINT:-https://huggingface.co}",
            description = "The hub or a mirror of it (default: environment HF_ENDPOINT, else https://huggingface.co).")
    private String endpoint;

    @Option(names = "--token", paramLabel = "TOKEN", defaultValue = "${env:HF_TOKEN}",
            description = "Access token of the hub, if it asks for one (default: environment HF_TOKEN).")
    private String token;

    @Option(names = "--revision", paramLabel = "REVISION", defaultValue = "main",
            description = "Branch, tag or commit of " + OfficialFile.PERSONALIVE + " (default: ${DEFAULT-VALUE}).")
    private String revision;

    @Option(names = "--connections", paramLabel = "N", defaultValue = "4",
            description = "Connections in parallel, 1 to 16 (default: ${DEFAULT-VALUE}).")
    private int connections;

    @Spec
    private CommandSpec spec;

    private final Patience patience;
    private final long longestStretch;

    public Download() {
        this(Patience.USUAL, 32 << 20);
    }

    /** @param longestStretch of a file that is asked for at once, in bytes */
    Download(Patience patience, long longestStretch) {
        this.patience = patience;
        this.longestStretch = longestStretch;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (connections < 1 || connections > 16) {
            throw new ParameterException(spec.commandLine(), "--connections " + connections + ": give 1 to 16");
        }
        URI hubAddress = Hub.endpoint(endpoint);
        String givenToken = token == null || token.isBlank() ? null : token.strip();
        try (Interruption interruption = Interruption.waitingAtMost(STOP_WITHIN)) {
            return run(hubAddress, givenToken, interruption);
        }
    }

    private int run(URI hubAddress, String givenToken, Interruption interruption) throws IOException, InterruptedException {
        Retries retries = new Retries(patience, interruption::requested);
        Hub hub = new Hub(hubAddress, new HubConnection(hubAddress, givenToken, patience), retries);
        CheckpointDownload download = new CheckpointDownload(hub, folder, retries);
        try {
            List<CheckpointDownload.Item> plan = download.plan(OfficialFile.all(tinyAutoencoder), revision, verify);
            download.fetch(plan, connections, longestStretch);
            summarize(plan);
            return 0;
        } catch (StoppedError stopped) { // told here, while the process still waits for this verb
            spec.commandLine().getErr().println("personalive: " + stopped.getMessage());
            spec.commandLine().getErr().flush();
            return Interruption.EXIT_CODE;
        }
    }

    private void summarize(List<CheckpointDownload.Item> plan) {
        PrintWriter out = spec.commandLine().getOut();
        out.println("In " + folder.toAbsolutePath().normalize() + ":");
        for (CheckpointDownload.Item item : plan) {
            out.printf(Locale.ROOT, "  %-62s %10s  %s%n", folder.relativize(item.target()).toString().replace('\\', '/'),
                    Progress.Unit.BYTES.format(item.file().size()), item.complete() ? "was there" : "downloaded");
        }
        out.println("Use them with --model " + folder);
        out.flush();
    }
}
