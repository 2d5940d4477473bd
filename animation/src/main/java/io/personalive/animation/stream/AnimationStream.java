package io.personalive.animation.stream;

import io.personalive.animation.model.Networks;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.NoiseLevels;
import io.personalive.animation.schedule.NoiseSchedule;
import io.personalive.networks.pose.KeypointPicture;
import io.personalive.networks.unet.TimeConditioning;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * A portrait being animated: takes micro-chunks of driving motion and gives micro-chunks of frames. Each push lowers
 * the noise of the whole window by one level; the oldest micro-chunk comes out clean, a new noisy one enters. A driving
 * frame is answered {@link WindowShape#chunks()} - 1 pushes after it enters; the answers before are the run-in from the
 * portrait's own pose to the driver's. spec: micro-chunk streaming, arXiv 2512.11253.
 *
 * <p>Holds the same memory however long it runs. Belongs to one thread.
 */
public final class AnimationStream implements AutoCloseable {
    private final Networks networks;
    private final Portrait portrait;
    private final StreamOptions options;
    private final WindowShape window;
    private final NoiseLevels newest;
    private final NoiseLevels.Step lower;
    private final StepClock clock = new StepClock();
    private final TimeConditioning time;
    private final KeyframeBank keyframes;

    /** (f, c, h, w): noisy, oldest frame first; one chunk short of the window until a push fills it. */
    private Tensor latents;
    /** (f, tokens, width) and (f, c, h, w) of the same frames; null before the first push. */
    private Tensor motionTokens, poseFeatures;

    /** @param portrait stays open while the stream runs */
    public AnimationStream(Networks networks, Portrait portrait, WindowShape window, StreamOptions options) {
        this.networks = networks;
        this.portrait = portrait;
        this.window = window;
        this.options = options;
        this.keyframes = new KeyframeBank(networks, portrait, options.keyframes() == null
                ? StreamOptions.Keyframes.of(networks.config().keyframes()) : options.keyframes());
        NoiseSchedule schedule = networks.config().schedule().schedule();
        newest = schedule.levels(window.newestTimesteps(), networks.device());
        try (NoiseLevels all = schedule.levels(window.frameTimesteps(), networks.device())) {
            lower = all.stepTo(window.lowerTimesteps());
        }
        try (Scope scope = new Scope()) {
            time = Scope.withoutGradient(() -> networks.denoisingUNet().embed(
                    Tensors.to(Tensors.of(window.frameTimesteps(), window.frames()), networks.device(), ScalarType.Long)));
            latents = Scope.own(Scope.withoutGradient(() -> runInLatents(schedule)));
        }
    }

    /** The window's shape. */
    public WindowShape window() {
        return window;
    }

    /** How long the parts of the last push took. */
    public StepClock clock() {
        return clock;
    }

    /** Keyframes added so far. */
    public int keyframes() {
        return keyframes.added();
    }

    /**
     * Advances the stream by one micro-chunk.
     *
     * @param driving {@link WindowShape#chunkFrames()} frames of motion, in order
     * @return as many finished frames; the caller closes them
     */
    public Chunk push(List<MotionFrame> driving) {
        if (driving.size() != window.chunkFrames()) {
            throw new IllegalArgumentException("a micro-chunk has " + window.chunkFrames() + " frames, not " + driving.size());
        }
        clock.start();
        return Scope.withoutGradient(() -> {
            try (Scope scope = new Scope()) {
                List<MotionFrame> entering = entering(driving);
                append(entering);
                clock.lap("motion");
                Tensor noise = networks.denoisingUNet().forward(
                        latents, time, keyframes.appearance(), motionTokens, poseFeatures);
                Tensor stepped = lower.take(latents.unsqueeze(0), noise.unsqueeze(0)).squeeze(0);
                Tensor finished = Scope.own(stepped.narrow(0, 0, window.chunkFrames()).contiguous());
                clock.lap("unet");
                if (keyframes.consider(Tensors.floats(motionTokens.select(0, 0)))) {
                    keyframes.add(finished.narrow(0, 0, 1));
                }
                clock.lap("keyframe");
                latents = replace(latents, withoutOldest(stepped));
                motionTokens = replace(motionTokens, withoutOldest(motionTokens));
                poseFeatures = replace(poseFeatures, withoutOldest(poseFeatures));
                return new Chunk(finished, networks, clock);
            }
        });
    }

    /** The driving frames at the wished strength; on the first push with the interpolated run-in before them. */
    private List<MotionFrame> entering(List<MotionFrame> driving) {
        List<MotionFrame> entering = new ArrayList<>();
        MotionFrame rest = portrait.motion();
        List<MotionFrame> scaled = driving.stream()
                .map(frame -> frame.scaled(rest, options.expressionStrength(), options.headStrength())).toList();
        if (motionTokens == null) {
            int earlier = window.earlierFrames();
            for (int i = 0; i < earlier; i++) {
                float weight = (float) i / earlier;
                entering.add(scaled.get(0).scaled(rest, weight, weight));
            }
        }
        entering.addAll(scaled);
        return entering;
    }

    /** Appends motion, pose features and fresh noise for the frames that enter. */
    private void append(List<MotionFrame> entering) {
        try (Scope scope = new Scope()) {
            Tensor tokens = networks.inPrecision(tokens(entering));
            Tensor pictures = KeypointPicture.draw(portrait.posed(entering), networks.config().frameSize(),
                    networks.config().keypointPicture());
            Tensor pose = networks.poseGuider().forward(networks.inPrecision(pictures));
            Tensor noisy = noisy(newest, window.chunkFrames());
            latents = replace(latents, Tensors.cat(0, latents, noisy));
            motionTokens = motionTokens == null ? Scope.own(tokens)
                    : replace(motionTokens, Tensors.cat(0, motionTokens, tokens));
            poseFeatures = poseFeatures == null ? Scope.own(pose) : replace(poseFeatures, Tensors.cat(0, poseFeatures, pose));
        }
    }

    /** The portrait's latent, noised to the levels of the chunks before the newest. */
    private Tensor runInLatents(NoiseSchedule schedule) {
        int earlier = window.earlierFrames();
        if (earlier == 0) {
            return portrait.latent().narrow(0, 0, 0).clone();
        }
        try (NoiseLevels levels = schedule.levels(Arrays.copyOf(window.frameTimesteps(), earlier), networks.device())) {
            return noisy(levels, earlier);
        }
    }

    /** @return (frames, c, h, w), the portrait's latent with fresh noise */
    private Tensor noisy(NoiseLevels levels, int frames) {
        try (Scope scope = new Scope()) {
            Tensor clean = portrait.latent().expand(frames, -1, -1, -1).unsqueeze(0);
            return scope.keep(levels.addNoise(clean, drawNoise(frames).unsqueeze(0)).squeeze(0));
        }
    }

    /** @return (frames, c, h, w); the draw itself has channels before frames */
    private Tensor drawNoise(int frames) {
        try (Scope scope = new Scope()) {
            Tensor latent = portrait.latent();
            Tensor drawn = options.noise().draw(1, latent.size(1), frames, latent.size(2), latent.size(3));
            return scope.keep(networks.onDevice(drawn.select(0, 0).transpose(0, 1).contiguous()));
        }
    }

    private Tensor tokens(List<MotionFrame> frames) {
        int count = networks.config().motionEncoder().tokens(), width = portrait.motion().tokens().length;
        float[] all = new float[frames.size() * width];
        for (int i = 0; i < frames.size(); i++) {
            System.arraycopy(frames.get(i).tokens(), 0, all, i * width, width);
        }
        return Tensors.of(all, frames.size(), count, width / count);
    }

    private Tensor withoutOldest(Tensor pile) {
        return pile.narrow(0, window.chunkFrames(), window.earlierFrames()).clone();
    }

    private static Tensor replace(Tensor held, Tensor next) {
        Scope.own(next);
        Scope.release(held);
        return next;
    }

    @Override
    public void close() {
        time.close();
        newest.close();
        lower.close();
        keyframes.close();
        Scope.release(latents);
        Scope.release(motionTokens);
        Scope.release(poseFeatures);
    }
}
