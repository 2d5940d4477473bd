package io.personalive.cli.animate;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.motion.MotionTemplate;
import io.personalive.cli.console.Interruption;
import io.personalive.cli.console.Progress;
import io.personalive.cli.console.UserError;
import io.personalive.cli.options.ModelOptions;
import io.personalive.live.MotionModel;
import io.personalive.live.RecordedDriving;
import io.personalive.media.PendingFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The verb {@code extract-motion}: keeps what the model needs of a driver, and no picture. */
@Command(name = "extract-motion", mixinStandardHelpOptions = true, sortOptions = false,
        description = "Stores the motion of a driver's video, without any picture, to drive portraits with later.")
public final class ExtractMotion implements Callable<Integer> {
    @Mixin
    private DrivingOptions driving;

    @Option(names = "--output", required = true, paramLabel = "FILE", description = "What to write (.safetensors).")
    private Path output;

    @Mixin
    private ModelOptions model;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        if (!output.toString().toLowerCase(Locale.ROOT).endsWith(".safetensors")) {
            throw new UserError("--output " + output + ": name a .safetensors file");
        }
        OutputPlace.check(output, driving.source());
        PendingFile.checkFile(output);
        if (driving.isTemplate()) {
            throw new UserError(driving.source() + " holds motion already: give a video or a folder of pictures");
        }
        ModelSource source = model.source();
        PrintWriter err = spec.commandLine().getErr();
        try (RecordedDriving performance = driving.open(source, null, err);
                Interruption interruption = Interruption.waitingAtMost(Animate.STOP_WITHIN,
                        "stopping; the motion that was read will be written")) {
            Seen seen;
            int tokenWidth;
            try (MotionModel loaded = MotionModel.load(source, model.placement())) {
                tokenWidth = loaded.tokenWidth();
                seen = read(performance, loaded, interruption);
            }
            if (seen.failure != null && seen.frames.isEmpty()) {
                throw seen.failure;
            }
            EvenMotion motion = EvenMotion.of(seen.frames, seen.nanoseconds, performance.frameRate());
            int count = motion.frames().size();
            if (count > 0) {
                new MotionTemplate(motion.frames(), tokenWidth, motion.rate().numerator(), motion.rate().denominator(),
                        source.motionFingerprint()).write(output);
            }
            err.println("personalive: " + (count == 0 ? "stopped before the first frame; nothing was written"
                    : (seen.failure != null ? "ended early: " : interruption.requested() ? "stopped; " : "") + output + ": motion of " + count
                            + (count == 1 ? " frame" : " frames")));
            err.flush();
            if (seen.failure != null) {
                throw seen.failure;
            }
            return interruption.requested() ? Interruption.EXIT_CODE : performance.endedEarly() ? Animate.ENDED_EARLY : 0;
        }
    }

    private static Seen read(RecordedDriving performance, MotionModel model, Interruption interruption) {
        Seen seen = new Seen();
        try (Progress progress = Progress.of("reading motion", Progress.Unit.FRAMES, performance.estimatedFrames())) {
            Iterator<MotionFrame> motion = performance.motion(model::sight);
            while (!interruption.requested() && motion.hasNext()) {
                seen.frames.add(motion.next());
                seen.nanoseconds.add(performance.answered().nanoseconds());
                progress.advance(1);
            }
        } catch (RuntimeException failed) {
            seen.failure = failed;
        }
        return seen;
    }

    /** The motion of the frames so far, and what went wrong then; null if nothing did. */
    private static final class Seen {
        private final List<MotionFrame> frames = new ArrayList<>();
        private final List<Long> nanoseconds = new ArrayList<>();
        private RuntimeException failure;
    }
}
