package io.personalive.animation.stream;

import io.personalive.animation.schedule.NoiseLevels;
import io.personalive.animation.schedule.NoiseSchedule;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.torch.Device;
import io.personalive.torch.Lifetime;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The frames that are being denoised, oldest and cleanest first, of one sequence or of several side by side. Each step
 * lowers the noise of all by one level: the oldest micro-chunk comes out clean, the others move up, and the next push
 * fills the place that became free at the end. Streams and sliding training stand on it. spec: micro-chunk streaming,
 * arXiv 2512.11253.
 *
 * <p>A step changes nothing until {@link #advance} takes it over, and {@link #push} is both: one that fails leaves the
 * window as it was. Where gradients are recorded they go through a single step, to the weights, to the reference and to
 * what enters; what the window holds afterwards carries none.
 *
 * <p>Belongs to one thread.
 */
public final class DenoisingWindow implements AutoCloseable {
    private final WindowShape shape;
    private final Denoiser denoiser;
    private final NoiseLevels all, newest;
    private final NoiseLevels.Step lower;
    private final Lifetime lifetime = new Lifetime("the denoising window");
    /** All frames but those of the newest micro-chunk; null until the window was filled, and where it has only one. */
    private WindowFrames held;

    /**
     * @param unet     predicts what the schedule says
     * @param schedule knows every timestep of the shape
     * @param device   where the UNet is
     * @param frozen   whether the UNet's weights stay as they are while the window lives; not so in training
     */
    public DenoisingWindow(DenoisingUNet unet, NoiseSchedule schedule, WindowShape shape, Device device, boolean frozen) {
        this(new WindowUNet(unet, shape, device, frozen), schedule, shape, device);
    }

    /** @param denoiser closed with the window */
    DenoisingWindow(Denoiser denoiser, NoiseSchedule schedule, WindowShape shape, Device device) {
        this.shape = shape;
        this.denoiser = denoiser;
        all = schedule.levels(shape.frameTimesteps(), device);
        newest = schedule.levels(shape.newestTimesteps(), device);
        lower = all.stepTo(shape.lowerTimesteps());
    }

    /** The window's shape. */
    public WindowShape shape() {
        return shape;
    }

    /** Whether a push must bring all frames, because there are none from before. */
    public boolean isEmpty() {
        return held == null;
    }

    /** The noise levels of all frames, for those who train: targets, and clean latents of predictions. */
    public NoiseLevels levels() {
        return all;
    }

    /**
     * Brings clean latents to the noise levels of frames that enter.
     *
     * @param clean (b, f or 1, c, h, w), scaled
     * @param noise standard normal, (b, f, c, h, w): f frames of the newest micro-chunk, or of the whole window
     * @return (b, f, c, h, w)
     */
    public Tensor addNoise(Tensor clean, Tensor noise) {
        return (noise.size(1) == shape.frames() ? all : newest).addNoise(clean, noise);
    }

    /**
     * Advances by one micro-chunk.
     *
     * @param entering  the newest micro-chunk's frames; each tensor may bring all frames of the window instead, and then
     *                  takes the place of what was held. An empty window must be brought all.
     * @param reference what the b sequences read
     * @return (b, frames of a micro-chunk, c, h, w), clean, scaled
     */
    public Tensor push(WindowFrames entering, ReferenceReading reference) {
        try (Scope scope = new Scope(); Step step = step(entering, reference)) {
            advance(step);
            return scope.keep(step.finished());
        }
    }

    /** The same as {@link #push} without changing anything: {@link #advance} takes the step over, or it is closed. */
    public Step step(WindowFrames entering, ReferenceReading reference) {
        return steps(List.of(this), List.of(entering), Collections.singletonList(reference)).get(0);
    }

    /**
     * Steps of several windows of one shape and network in one pass.
     *
     * @param windows    each of any number of sequences
     * @param entering   what enters each
     * @param references what each reads
     * @return a step for each; the caller closes them
     */
    static List<Step> steps(List<DenoisingWindow> windows, List<WindowFrames> entering, List<ReferenceReading> references) {
        List<Step> steps = new ArrayList<>();
        try (Scope scope = new Scope()) {
            List<WindowFrames> frames = new ArrayList<>();
            for (int i = 0; i < windows.size(); i++) {
                frames.add(windows.get(i).filled(entering.get(i)));
            }
            WindowFrames batch = WindowFrames.batch(frames);
            DenoisingWindow first = windows.get(0);
            Tensor lowered = first.lower.take(batch.latents(), first.denoiser.predict(batch, references));
            long sequence = 0;
            for (int i = 0; i < windows.size(); i++) {
                long sequences = frames.get(i).sequences();
                steps.add(windows.get(i).stepTo(frames.get(i), lowered.narrow(0, sequence, sequences)));
                sequence += sequences;
            }
            return steps;
        } catch (RuntimeException | Error failed) {
            steps.forEach(Step::close);
            throw failed;
        }
    }

    /** Takes over a step of this window: what was held before is freed. */
    public void advance(Step step) {
        try (Lifetime.Use use = lifetime.use()) {
            WindowFrames before = held;
            held = step.takeHeld();
            if (before != null) {
                before.release();
            }
        }
    }

    /** @return all frames: those that enter behind those that are held */
    private WindowFrames filled(WindowFrames entering) {
        lifetime.check();
        long all = shape.frames();
        if (held == null) {
            entering.expect(entering.sequences(), all, all);
            return entering;
        }
        entering.expect(held.sequences(), shape.chunkFrames(), all);
        return new WindowFrames(joined(held.latents(), entering.latents()),
                joined(held.motionTokens(), entering.motionTokens()), joined(held.poseFeatures(), entering.poseFeatures()));
    }

    private Tensor joined(Tensor before, Tensor entering) {
        return entering.size(1) == shape.frames() ? entering : Tensors.cat(1, before, entering);
    }

    private Step stepTo(WindowFrames frames, Tensor lowered) {
        int chunk = shape.chunkFrames(), earlier = shape.earlierFrames();
        Tensor finished = lowered.narrow(1, 0, chunk).clone();
        Tensor tokens = frames.motionTokens().narrow(1, 0, chunk).detach().clone();
        WindowFrames next = earlier == 0 ? null : new WindowFrames(lowered, frames.motionTokens(), frames.poseFeatures())
                .each(tensor -> tensor.narrow(1, chunk, earlier).detach().clone());
        return new Step(finished, tokens, next);
    }

    @Override
    public void close() {
        lifetime.end(() -> {
            denoiser.close();
            all.close();
            newest.close();
            lower.close();
            if (held != null) {
                held.release();
            }
        });
    }

    /** What a step gave. Its tensors are freed with it. */
    public static final class Step implements AutoCloseable {
        private final Tensor finished, finishedTokens;
        private WindowFrames held;
        private boolean closed;

        private Step(Tensor finished, Tensor finishedTokens, WindowFrames held) {
            this.finished = Scope.own(finished);
            this.finishedTokens = Scope.own(finishedTokens);
            this.held = held == null ? null : held.own();
        }

        /** The oldest micro-chunk, (b, frames, c, h, w), clean, scaled. */
        public Tensor finished() {
            return finished;
        }

        /** Its motion tokens, (b, frames, tokens, width). */
        public Tensor finishedTokens() {
            return finishedTokens;
        }

        private WindowFrames takeHeld() {
            WindowFrames taken = held;
            held = null;
            return taken;
        }

        @Override
        public void close() {
            if (!closed) {
                closed = true;
                Scope.release(finished);
                Scope.release(finishedTokens);
                if (held != null) {
                    held.release();
                }
            }
        }
    }
}
