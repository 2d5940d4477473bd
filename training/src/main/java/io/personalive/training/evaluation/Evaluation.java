package io.personalive.training.evaluation;

import io.personalive.animation.stream.StreamOptions;
import io.personalive.live.Avatar;
import io.personalive.live.AvatarModel;
import io.personalive.live.Crop;
import io.personalive.live.DrivenByVideo;
import io.personalive.live.DrivingFrame;
import io.personalive.live.DrivingFrames;
import io.personalive.live.Pipeline;
import io.personalive.media.video.FrameRate;
import io.personalive.media.video.VideoWriter;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.training.data.LabelRows;
import io.personalive.training.evaluation.ClipFolder.Clip;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Runs a model and the baselines on clips. The portrait is a clip's first frame; where a clip drives itself, frame i of
 * the output is compared with frame i of the clip, the first left out. Used by one thread.
 */
public final class Evaluation {
    /**
     * @param crop  whether clips are framed around the face; those of a prepared folder are framed already
     * @param every only every so many frames are compared
     * @param most  frames of a clip that are used at most
     * @param seed  of the noise
     */
    public record Options(Crop crop, int every, long most, long seed) {
        public Options {
            if (every < 1 || most < 2) {
                throw new IllegalArgumentException("of at most " + most + " frames one in " + every
                        + " can't be compared: expected 2 or more, and 1 or more");
            }
        }
    }

    private final AvatarModel model;
    private final Yardsticks yardsticks;
    private final Checkpoint labels;
    private final Options options;
    private final ClipFrames taking;
    private final LongConsumer progress;
    private final BooleanSupplier stop;

    /**
     * @param model      null to run the baselines alone; stays the caller's
     * @param size       side of its frames, pixels
     * @param yardsticks stay the caller's
     * @param labels     of the clips; null where there are none; stays the caller's
     * @param progress   hears how many more frames are done
     * @param stop       once true, it ends as soon as it can
     */
    public Evaluation(AvatarModel model, int size, Yardsticks yardsticks, Checkpoint labels, Options options,
            LongConsumer progress, BooleanSupplier stop) {
        this.model = model;
        this.yardsticks = yardsticks;
        this.labels = labels;
        this.options = options;
        this.taking = new ClipFrames(options.crop, size, options.most);
        this.progress = progress;
        this.stop = stop;
    }

    /**
     * A clip that drives its own first frame.
     *
     * @param sideBySide a video to write: the portrait, the truth, the model, the warp
     * @return empty if it was stopped before its end
     */
    public Optional<EvaluatedClip> self(Clip clip, Path sideBySide) {
        BufferedImage portrait = taking.portrait(clip.video());
        ClipFrames.Opened opened = taking.open(clip.video());
        try (DrivingFrames frames = opened.frames();
                SelfReenactment self = new SelfReenactment(portrait, faces(clip, opened), yardsticks, options.every,
                        VideoWriter.open(sideBySide, SelfReenactment.panels(model != null) * taking.size(), taking.size(), shownRate(opened.rate()), null))) {
            run(frames, portrait, self::frame);
            return stop.getAsBoolean() ? Optional.empty() : Optional.of(self.finish(clip.id()));
        }
    }

    /**
     * A clip that drives another one's first frame. Needs a model.
     *
     * @param sideBySide a video to write: the portrait, the driver, the model
     * @return empty if it was stopped before its end
     */
    public Optional<EvaluatedPair> cross(Clip portraitClip, Clip driver, Path sideBySide) {
        BufferedImage portrait = taking.portrait(portraitClip.video());
        ClipFrames.Opened opened = taking.open(driver.video());
        try (DrivingFrames frames = opened.frames();
                CrossReenactment cross = new CrossReenactment(portrait, yardsticks,
                        VideoWriter.open(sideBySide, 3 * taking.size(), taking.size(), opened.rate(), null))) {
            run(frames, portrait, cross::frame);
            return stop.getAsBoolean() ? Optional.empty() : Optional.of(cross.finish(portraitClip.id(), driver.id()));
        }
    }

    /** @param taker takes each frame of the driver and the model's answer, null without a model */
    private void run(DrivingFrames frames, BufferedImage portrait, BiConsumer<BufferedImage, BufferedImage> taker) {
        if (model == null) {
            for (DrivingFrame frame = frames.next(); frame != null && !stop.getAsBoolean(); frame = frames.next()) {
                taker.accept(frame.picture(), null);
                progress.accept(1);
            }
            return;
        }
        try (Avatar avatar = model.avatar(portrait, StreamOptions.seeded(options.seed));
                DrivenByVideo driver = new DrivenByVideo(frames, avatar.window().chunkFrames())) {
            new Pipeline(avatar, driver, frame -> {
                taker.accept(frame.driving().picture(), frame.picture());
                progress.accept(1);
            }).run(stop);
        }
    }

    /** Only frames that are compared are shown. */
    private FrameRate shownRate(FrameRate rate) {
        return new FrameRate(rate.numerator(), Math.multiplyExact(rate.denominator(), options.every));
    }

    private FaceSight faces(Clip clip, ClipFrames.Opened opened) {
        String prefix = clip.id() + "/";
        if (labels == null || options.crop != Crop.NONE || !LabelRows.in(labels, prefix)) {
            return FaceSight.of(yardsticks.faces());
        }
        return FaceSight.of(new LabelRows(labels, prefix), opened.width());
    }
}
