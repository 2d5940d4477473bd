package io.personalive.cli.serve;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.cli.console.Interruption;
import io.personalive.cli.options.AvatarModelOptions;
import io.personalive.live.Crop;
import io.personalive.server.PersonaLiveServer;
import io.personalive.server.ServerSettings;
import io.personalive.server.session.LiveModel;
import io.personalive.server.session.SessionSettings;
import io.personalive.server.webrtc.WebRtcTransport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code serve}: live sessions in a browser, until it is stopped. */
@Command(name = "serve", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Serves a web page on which a camera makes a portrait move, live, and the interface behind it.")
public final class Serve implements Callable<Integer> {
    private static final long LOOK_EVERY = 100_000_000L;
    /** For the step that is being computed when all is over. */
    private static final Duration LAST_STEP = Duration.ofMinutes(5);

    @Mixin
    private ListeningOptions listening;

    @Mixin
    private LimitOptions limits;

    @Mixin
    private AvatarModelOptions model;

    @Option(names = "--crop", paramLabel = "HOW", defaultValue = "auto",
            description = "How portraits and drivers are framed: auto (a square around head and shoulders) or none "
                    + "(default: ${DEFAULT-VALUE}).")
    private Crop crop;

    @Option(names = "--presets", paramLabel = "FOLDER", description = "Portraits that the page offers, beside its own.")
    private Path presets;

    @Option(names = "--badge", description = "Show on all frames that they are made by AI.")
    private boolean badge;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of the noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--stun", paramLabel = "HOST:PORT",
            description = "A STUN server, from which WebRTC learns this machine's address behind a router. May be given several times.")
    private List<String> stun = List.of();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        ServerSettings settings = new ServerSettings(listening.read(), limits.read(), crop, SessionSettings.USUAL, badge, presets);
        ModelSource source = model.source();
        try (Interruption interruption = Interruption.waitingAtMost(settings.limits().drain().plus(LAST_STEP),
                        "stopping: sessions may go on for " + settings.limits().drain().toSeconds() + " s (press Ctrl-C again to end at once)");
                PersonaLiveServer server = PersonaLiveServer.start(settings, List.of(new WebRtcTransport(stun)))) {
            AvatarModelOptions.Loaded loaded = model.load(source, this::say);
            server.open(LiveModel.of(loaded.model(), source.description(), loaded.computes(), StreamOptions.seeded(seed)));
            say("open " + server.address() + " in a browser; Ctrl-C stops");
            while (!interruption.requested()) {
                LockSupport.parkNanos(LOOK_EVERY);
            }
            server.drain();
        }
        return Interruption.EXIT_CODE;
    }

    private void say(String line) {
        PrintWriter err = spec.commandLine().getErr();
        err.println("personalive: " + line);
        err.flush();
    }
}
