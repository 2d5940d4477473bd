package io.personalive.cli.live;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.cli.console.Interruption;
import io.personalive.cli.console.Terminal;
import io.personalive.cli.console.UserError;
import io.personalive.cli.options.AvatarModelOptions;
import io.personalive.cli.options.StrengthOptions;
import io.personalive.live.AvatarModel;
import io.personalive.live.LiveDriver;
import io.personalive.live.LiveOutputs;
import io.personalive.live.LiveSession;
import io.personalive.live.LiveSettings;
import io.personalive.media.picture.PictureReader;
import io.personalive.media.video.PictureStream;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code live}: a camera, or what is played for one, animates a portrait until Ctrl-C; no browser needed. */
@Command(name = "live", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Animates a portrait live with a camera or a stream, and sends the result on: marked as made by a model.")
public final class Live implements Callable<Integer> {
    private static final Duration STOP_WITHIN = Duration.ofMinutes(5);
    /** Between two lines, milliseconds: at a terminal they are drawn over each other. */
    private static final long WATCHED = 500;
    private static final long LOGGED = 5_000;

    @Option(names = "--reference", required = true, paramLabel = "PORTRAIT", description = "The portrait: PNG, JPEG or WebP.")
    private Path reference;

    @Mixin
    private LiveDrivingOptions driving;

    @Mixin
    private OutputOptions outputs;

    @Mixin
    private AvatarModelOptions model;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0", description = "Of the noise (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private StrengthOptions strengths;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        LiveSettings settings = new LiveSettings(strengths.expression(), strengths.head());
        outputs.check();
        if (outputs.record() != null && driving.file().filter(file -> file.toAbsolutePath().equals(outputs.record().toAbsolutePath())).isPresent()) {
            throw new UserError("--record " + outputs.record() + " would replace the driver: name another file");
        }
        ModelSource source = model.source();
        BufferedImage picture = PictureReader.read(reference);
        BufferedImage portrait = driving.crop().portrait(picture).orElse(picture);
        try (PictureStream pictures = driving.open();
                Interruption interruption = Interruption.waitingAtMost(STOP_WITHIN, "stopping (press Ctrl-C again to end at once, without files)");
                AvatarModel loaded = model.load(source, this::say).model()) {
            return run(loaded, source.frameSize(), portrait, settings, pictures, interruption);
        }
    }

    private int run(AvatarModel loaded, int size, BufferedImage portrait, LiveSettings settings, PictureStream pictures,
            Interruption interruption) {
        try (LiveOutputs places = new LiveOutputs(this::say)) {
            outputs.open(places, size, pictures.frameRate(), driving.sound().orElse(null));
            try (LiveSession session = new LiveSession(part -> loaded.avatar(part, StreamOptions.seeded(seed)), portrait, size,
                    driving.crop(), settings, places)) {
                try (LiveDriver driver = new LiveDriver(pictures, session)) {
                    say("live; Ctrl-C ends it");
                    watch(driver, session, interruption);
                    driver.rethrow();
                }
                if (!interruption.requested()) {
                    session.finish();
                }
            }
        }
        return interruption.requested() ? Interruption.EXIT_CODE : 0;
    }

    private void watch(LiveDriver driver, LiveSession session, Interruption interruption) {
        boolean watched = Terminal.isWatched();
        CounterLine line = new CounterLine(System.nanoTime());
        long shown = System.nanoTime();
        while (!interruption.requested() && !driver.awaitEnd(100)) {
            long now = System.nanoTime();
            if (now - shown >= (watched ? WATCHED : LOGGED) * 1_000_000) {
                shown = now;
                show(line.of(session.counters(), now), watched);
            }
        }
        if (watched) {
            err().println();
        }
        show(line.of(session.counters(), System.nanoTime()), false);
    }

    private void show(String line, boolean over) {
        if (over) {
            String cut = line.substring(0, Math.min(line.length(), Terminal.columns() - 1));
            err().print("\r" + cut + " ".repeat(Terminal.columns() - 1 - cut.length()));
            err().flush();
        } else {
            say(line);
        }
    }

    private void say(String line) {
        err().println("personalive: " + line);
        err().flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
