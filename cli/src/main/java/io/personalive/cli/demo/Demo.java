package io.personalive.cli.demo;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.moved.ComposedPerformance;
import io.personalive.animation.moved.PaintedPortrait;
import io.personalive.animation.stream.StreamOptions;
import io.personalive.cli.animate.Rendering;
import io.personalive.cli.console.Interruption;
import io.personalive.cli.console.Progress;
import io.personalive.cli.console.UserError;
import io.personalive.cli.options.ComputeOptions;
import io.personalive.live.Avatar;
import io.personalive.live.AvatarModel;
import io.personalive.live.DrivenByTemplate;
import io.personalive.live.Pipeline;
import io.personalive.live.VideoOutput;
import io.personalive.media.PendingFile;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoWriter;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code demo}: everything it needs is part of the program. */
@Command(name = "demo", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Animates a portrait that is part of the program with a performance that is too: nothing to download, "
                + "nobody's face.")
public final class Demo implements Callable<Integer> {
    @Option(names = "--output", paramLabel = "FILE", defaultValue = "demo.mp4",
            description = "What to write: .mp4, .webm or .gif (default: ${DEFAULT-VALUE}).")
    private Path output;

    @Option(names = "--performance", paramLabel = "NAME", defaultValue = "greeting",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private ComposedPerformance performance;

    @Option(names = "--max-frames", paramLabel = "N", description = "Frames to make at most (default: all).")
    private Integer mostFrames;

    @Mixin
    private ComputeOptions compute;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (mostFrames != null && mostFrames < 1) {
            throw new UserError("--max-frames " + mostFrames + ": give 1 or more");
        }
        List<MotionFrame> frames = performance.frames();
        frames = frames.subList(0, mostFrames == null ? frames.size() : Math.min(mostFrames, frames.size()));
        PendingFile.checkFile(output);
        VideoWriter.check(output);
        ModelSource nano = ModelSource.parse("nano");
        int size = nano.frameSize();
        FrameRate rate = new FrameRate(ComposedPerformance.FRAME_RATE, 1);
        BufferedImage portrait = PaintedPortrait.picture();
        try (Interruption interruption = Interruption.waitingAtMost(Duration.ofSeconds(30));
                AvatarModel model = AvatarModel.load(nano, compute.placement(), false);
                Avatar avatar = model.avatar(portrait, StreamOptions.seeded(0));
                DrivenByTemplate driving = new DrivenByTemplate(frames, rate);
                VideoOutput video = new VideoOutput(VideoWriter.open(output, 2 * size, size, rate, null), size, portrait, null);
                Progress progress = Progress.of("animating", Progress.Unit.FRAMES, driving.estimatedFrames())) {
            Pipeline pipeline = new Pipeline(avatar, driving, frame -> {
                video.accept(frame);
                progress.advance(1);
            });
            long written = Rendering.run(video, output, () -> pipeline.run(interruption::requested), this::say);
            say(output + ": " + written + " frames; now with your own: "
                    + "./personalive animate --reference portrait.png --driving video.mp4 --output out.mp4");
            return interruption.requested() ? Interruption.EXIT_CODE : 0;
        }
    }

    private void say(String line) {
        spec.commandLine().getErr().println("personalive: " + line);
        spec.commandLine().getErr().flush();
    }
}
