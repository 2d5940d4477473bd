package io.personalive.animation.stream;

import io.personalive.animation.model.Networks;
import io.personalive.animation.motion.MotionFrame;
import io.personalive.animation.portrait.Portrait;
import io.personalive.networks.pose.KeypointPicture;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Tensors;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * One micro-chunk on its way through a stream: holds stream, portrait and model open, and changes the stream only when
 * all is done.
 */
final class StreamPush implements AutoCloseable {
    private final AnimationStream stream;
    private final Networks networks;
    private final Portrait portrait;
    private final Deque<Lifetime.Use> held = new ArrayDeque<>();
    private final StepClock clock;
    private Tensor latents, motionTokens, pictures;

    /** @param driving a micro-chunk's frames */
    StreamPush(AnimationStream stream, List<MotionFrame> driving) {
        this.stream = stream;
        networks = stream.networks();
        portrait = stream.portrait();
        try {
            held.push(stream.occupy());
            held.push(networks.use());
            held.push(portrait.use());
            clock = new StepClock(networks.device()::synchronize);
            prepare(entering(driving));
        } catch (RuntimeException | Error failed) {
            close();
            throw failed;
        }
    }

    /** The driving frames at the wished strength; on the first push with the interpolated run-in before them. */
    private List<MotionFrame> entering(List<MotionFrame> driving) {
        List<MotionFrame> entering = new ArrayList<>();
        MotionFrame rest = portrait.motion();
        StreamOptions options = stream.options();
        List<MotionFrame> scaled = driving.stream()
                .map(frame -> frame.scaled(rest, options.expressionStrength(), options.headStrength())).toList();
        if (stream.pushed() == 0) {
            int earlier = stream.window().earlierFrames();
            for (int i = 0; i < earlier; i++) {
                float weight = (float) i / earlier;
                entering.add(scaled.get(0).scaled(rest, weight, weight));
            }
        }
        entering.addAll(scaled);
        return entering;
    }

    /** The frames' motion, and the portrait's latent under noise; their poses are drawn and not yet guided. */
    private void prepare(List<MotionFrame> entering) {
        motionTokens = networks.inPrecision(tokens(entering)).unsqueeze(0);
        pictures = networks.inPrecision(KeypointPicture.draw(portrait.posed(entering),
                networks.config().frameSize(), networks.config().keypointPicture()));
        int chunk = stream.window().chunkFrames();
        Tensor noise = noise(Noise.RUN_IN + 1 + stream.pushed(), chunk);
        if (entering.size() > chunk) {
            noise = Tensors.cat(1, noise(Noise.RUN_IN, entering.size() - chunk), noise);
        }
        latents = stream.denoising().addNoise(portrait.latent().unsqueeze(0), noise);
    }

    /** @return (1, frames, c, h, w); the draw itself has channels before frames */
    private Tensor noise(long number, int frames) {
        Tensor latent = portrait.latent();
        Tensor drawn = stream.options().noise().draw(number, 1, latent.size(1), frames, latent.size(2), latent.size(3));
        return networks.onDevice(drawn.transpose(1, 2).contiguous());
    }

    private Tensor tokens(List<MotionFrame> frames) {
        int count = networks.config().motionEncoder().tokens(), width = portrait.motion().tokens().length;
        float[] all = new float[frames.size() * width];
        for (int i = 0; i < frames.size(); i++) {
            System.arraycopy(frames.get(i).tokens(), 0, all, i * width, width);
        }
        return Tensors.of(all, frames.size(), count, width / count);
    }

    /** Keypoint pictures of the frames that enter, (f, 3, s, s) in [0, 1]. */
    Tensor pictures() {
        return pictures;
    }

    /**
     * @param poseFeatures (f, first width, h, w) of {@link #pictures}
     * @return what enters the window, of one sequence
     */
    WindowFrames entering(Tensor poseFeatures) {
        clock.lap("motion");
        return new WindowFrames(latents, motionTokens, poseFeatures.unsqueeze(0));
    }

    DenoisingWindow window() {
        return stream.denoising();
    }

    /** What the step reads. */
    ReferenceReading reference() {
        return stream.bank().appearance();
    }

    /** Takes the step over: nothing before has changed the stream, and nothing in here fails once that begins. */
    Chunk finish(DenoisingWindow.Step step) {
        clock.lap("unet");
        KeyframeBank keyframes = stream.bank();
        float[] tokens = Tensors.floats(step.finishedTokens().select(0, 0).select(0, 0));
        ReferenceReading reading = keyframes.wants(tokens)
                ? keyframes.with(step.finished().select(0, 0).narrow(0, 0, 1)) : null;
        Chunk chunk;
        try {
            clock.lap("keyframe");
            chunk = new Chunk(step.finished().select(0, 0), networks, clock);
        } catch (RuntimeException | Error failed) {
            if (reading != null) {
                reading.close();
            }
            throw failed;
        }
        stream.advance(step);
        if (reading == null) {
            keyframes.next();
        } else {
            keyframes.next(tokens, reading);
        }
        return chunk;
    }

    @Override
    public void close() {
        while (!held.isEmpty()) {
            held.pop().close();
        }
    }
}
