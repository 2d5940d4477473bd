package io.personalive.cli.animate;

import io.personalive.animation.model.ModelSource;
import io.personalive.animation.motion.MotionTemplate;
import io.personalive.cli.console.UserError;
import io.personalive.live.Crop;
import io.personalive.live.DrivenByTemplate;
import io.personalive.live.DrivenByVideo;
import io.personalive.live.DrivingFrames;
import io.personalive.live.RecordedDriving;
import io.personalive.media.face.FaceChoice;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoReader;
import java.awt.Color;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The performance: where it comes from, which part of it is used, and how it is framed. */
final class DrivingOptions {
    private static final String TEMPLATE = ".safetensors";

    @Option(names = "--driving", required = true, paramLabel = "FILE|FOLDER",
            description = "The driver: a video, a folder of pictures, or the motion of one (.safetensors, made by extract-motion).")
    private Path source;

    @Option(names = "--start", paramLabel = "TIME", defaultValue = "0",
            description = "Where in it to begin: seconds, or 1:30 (default: ${DEFAULT-VALUE}).")
    private String start;

    @Option(names = "--max-frames", paramLabel = "N", description = "Frames to use at most (default: all).")
    private Long mostFrames;

    @Option(names = "--frame-rate", paramLabel = "R",
            description = "What a folder of pictures plays at: 25, 29.97, 30000/1001 (default: 25).")
    private String frameRate;

    @Option(names = "--crop", paramLabel = "HOW", defaultValue = "auto",
            description = "How pictures are framed: auto (a square around head and shoulders) or none (the whole picture "
                    + "is made square) (default: ${DEFAULT-VALUE}).")
    private Crop crop;

    @Option(names = "--face", paramLabel = "WHO", defaultValue = "largest",
            description = "Whom to follow where the driver shows several persons: largest, left, right, or a number from the "
                    + "left (default: ${DEFAULT-VALUE}).")
    private String face;

    @Option(names = "--background", paramLabel = "COLOUR", defaultValue = "grey",
            description = "What shows where pictures are transparent: grey, white, black or #RRGGBB (default: ${DEFAULT-VALUE}).")
    private String background;

    Path source() {
        return source;
    }

    Crop crop() {
        return crop;
    }

    /** What shows where the driver, or the portrait, is transparent. */
    Color background() {
        return Background.parse(background);
    }

    /** Whether motion is given and no pictures. */
    boolean isTemplate() {
        return Files.isRegularFile(source) && source.toString().toLowerCase(Locale.ROOT).endsWith(TEMPLATE);
    }

    /**
     * Opens the performance.
     *
     * @param model   that is to understand it
     * @param rate    of which its frames' times are to be multiples; null for its own times
     * @param notices is told where no face is found
     */
    RecordedDriving open(ModelSource model, FrameRate rate, PrintWriter notices) {
        double seconds = Start.parse(start);
        if (mostFrames != null && mostFrames < 1) {
            throw new UserError("--max-frames " + mostFrames + ": give 1 or more");
        }
        if (frameRate != null && !Files.isDirectory(source)) {
            throw new UserError("--frame-rate is for a folder of pictures: " + source + " says itself what it plays at");
        }
        FrameRate folderRate = frameRate == null ? FrameRate.DEFAULT : FrameRate.parse(frameRate);
        return isTemplate() ? template(model, seconds) : video(model, seconds, folderRate, rate, notices);
    }

    private RecordedDriving template(ModelSource model, double seconds) {
        MotionTemplate template = MotionTemplate.read(source);
        if (!template.model().equals(model.motionFingerprint())) {
            throw new UserError(source + " was made with another motion encoder than that of " + model.description()
                    + ": make it again with ./personalive extract-motion --model " + model.description());
        }
        FrameRate rate = new FrameRate(template.rateNumerator(), template.rateDenominator());
        long first = rate.frames(seconds);
        if (first >= template.frames().size()) {
            throw new UserError("the start, " + seconds + " s, lies behind the end of " + source + " ("
                    + rate.seconds(template.frames().size()) + " s)");
        }
        return new DrivenByTemplate(template.part((int) first, most()), rate);
    }

    private RecordedDriving video(ModelSource model, double seconds, FrameRate folderRate, FrameRate rate, PrintWriter notices) {
        FaceChoice who = FaceChoice.parse(face);
        VideoReader video = VideoReader.open(source, seconds, folderRate, background());
        DrivingFrames frames = new DrivingFrames(video, crop, model.frameSize(), who, most(), rate);
        try {
            if (!frames.settle()) {
                notices.println("personalive: no face found at the beginning of " + source
                        + "; using the whole picture until one shows");
            } else if (frames.persons() > 1 && who.equals(FaceChoice.LARGEST)) {
                notices.println("personalive: " + frames.persons() + " faces at the beginning of " + source
                        + "; following the largest (--face left, right or a number from the left chooses)");
            }
            notices.flush();
            return new DrivenByVideo(frames, model.window().chunkFrames());
        } catch (RuntimeException failed) {
            frames.close();
            throw failed;
        }
    }

    private int most() {
        return mostFrames == null ? Integer.MAX_VALUE : (int) Math.min(mostFrames, Integer.MAX_VALUE);
    }
}
