package io.personalive.cli.animate;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.cli.console.Interruption;
import io.personalive.cli.options.AvatarModelOptions;
import io.personalive.cli.options.StrengthOptions;
import io.personalive.live.Avatar;
import io.personalive.live.AvatarModel;
import io.personalive.live.Pipeline;
import io.personalive.live.RecordedDriving;
import io.personalive.live.VideoOutput;
import io.personalive.media.picture.PictureReader;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The verb {@code animate}. One thread decodes, this one computes, one encodes. All that can be wrong with what was
 * asked for is found before the model is loaded.
 */
@Command(name = "animate", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Animates a portrait with a driver's video; the result is marked as made by a model.")
public final class Animate implements Callable<Integer> {
    /** The driver ended before it should have, or was wrong otherwise. */
    static final int ENDED_EARLY = 2;
    /** A step of the full model may take minutes on a processor. */
    static final Duration STOP_WITHIN = Duration.ofMinutes(15);

    @Option(names = "--reference", required = true, paramLabel = "PORTRAIT",
            description = "The portrait: PNG, JPEG, WebP, HEIC, AVIF, GIF, TIFF or BMP.")
    private Path reference;

    @Mixin
    private DrivingOptions driving;

    @Option(names = "--output", required = true, paramLabel = "FILE|FOLDER",
            description = "What to write: .mp4, .webm, .gif, or a folder for PNG pictures. The driver's sound goes along and ends "
                    + "with the pictures.")
    private Path output;

    @Option(names = "--rate", paramLabel = "R",
            description = "Write at a constant rate (25, 29.97, 30000/1001): each frame is computed once and held until the "
                    + "next, and those that come faster are left out (default: each frame has its driving frame's own time).")
    private String rate;

    @Mixin
    private AvatarModelOptions model;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "0",
            description = "Of the noise; the same seed gives the same video (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private StrengthOptions strengths;

    @Option(names = "--side-by-side", description = "Show portrait, driver and result in a row (of a .safetensors driver "
            + "there is no picture to show).")
    private boolean sideBySide;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        StreamOptions options = StreamOptions.seeded(seed).withStrengths(strengths.expression(), strengths.head());
        OutputPlace.check(output, reference, driving.source());
        VideoWriter.check(output);
        ModelSource source = model.source();
        FrameRate constant = rate == null ? null : FrameRate.parse(rate);
        BufferedImage picture = PictureReader.read(reference, driving.background());
        try (RecordedDriving performance = driving.open(source, constant, err());
                Interruption interruption = Interruption.waitingAtMost(STOP_WITHIN, "stopping after the current step; "
                        + "what is done will be written (press Ctrl-C again to end at once, without a file)")) {
            BufferedImage portrait = framed(picture);
            int size = source.frameSize();
            int panels = !sideBySide ? 1 : performance.hasPictures() ? 3 : 2;
            VideoWriter writer = VideoWriter.open(output, panels * size, size, constant == null ? performance.frameRate() : constant,
                    performance.audio().orElse(null));
            try (VideoOutput video = new VideoOutput(writer, size, sideBySide ? portrait : null, constant);
                    AvatarModel loaded = load(source);
                    Avatar avatar = loaded.avatar(portrait, options)) {
                return render(avatar, performance, video, interruption, panels * size, size);
            }
        }
    }

    /** The head and shoulders of the portrait, in its own resolution. */
    private BufferedImage framed(BufferedImage picture) {
        Optional<BufferedImage> part = driving.crop().portrait(picture);
        int faces = driving.crop().faces(picture);
        if (faces > 1) {
            say(faces + " faces in " + reference + "; using the largest (cut the picture to choose another)");
        }
        if (part.isEmpty()) {
            say("no face found in " + reference + "; using the whole picture");
        }
        return part.orElse(picture);
    }

    private AvatarModel load(ModelSource source) {
        long begun = System.nanoTime();
        AvatarModel loaded = model.load(source, this::say).model();
        say(String.format(Locale.ROOT, "loaded in %.1f s", (System.nanoTime() - begun) / 1e9));
        return loaded;
    }

    private int render(Avatar avatar, RecordedDriving performance, VideoOutput video, Interruption interruption,
            int width, int height) {
        long begun = System.nanoTime();
        long written = Rendering.run(video, output, () -> {
            if (!interruption.requested()) {
                try (StepProgress progress = new StepProgress(performance.estimatedFrames(), avatar.window())) {
                    progress.finish(new Pipeline(avatar, performance, video).run(progress.before(interruption::requested)));
                }
            }
        }, this::say);
        double seconds = (System.nanoTime() - begun) / 1e9;
        if (written == 0) {
            say("stopped before the first frame was done; nothing was written");
            return Interruption.EXIT_CODE;
        }
        say(String.format(Locale.ROOT, "%s%s: %d frame%s of %d x %d pixels, in %.1f s (%.2f frames/s)",
                interruption.requested() ? "stopped; " : "", output, written, written == 1 ? "" : "s", width, height, seconds, written / seconds));
        return interruption.requested() ? Interruption.EXIT_CODE : performance.endedEarly() ? ENDED_EARLY : 0;
    }

    private void say(String line) {
        err().println("personalive: " + line);
        err().flush();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }
}
