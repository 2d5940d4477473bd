package io.personalive.training.stages;

import io.personalive.animation.portrait.Frames;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.animation.stream.DenoisingWindow;
import io.personalive.animation.stream.WindowFrames;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Batch;
import io.personalive.training.losses.PerceptualDistance;
import io.personalive.training.recipe.Checks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Sliding training, stage 3: the model streams through a piece of a clip, so that its windows hold its own predictions,
 * and learns from one of the micro-chunks that come out, through that step alone. PersonaLive, arXiv 2512.11253.
 *
 * <p>Of the driving frames the first chunk's worth may serve as historical keyframes; the others drive the window. It
 * begins either with the true frames at the window's noise levels, or as a stream does: on the portrait, with motion
 * that leads from its own to the driver's.
 */
final class SlidingStage implements Stage, Objective {
    /**
     * What this stage can be told.
     *
     * @param windows       micro-chunks that come out at most; one of them, drawn evenly, is learned from
     * @param runInShare    of the steps that begin as a stream does, on the portrait
     * @param keyframeShare of the steps at which an earlier true frame is read as a keyframe
     */
    record Options(int windows, double runInShare, double keyframeShare) {
        Options {
            Checks.atLeast("windows", windows, 1);
            Checks.within("run_in_share", runInShare, 0, 1);
            Checks.within("keyframe_share", keyframeShare, 0, 1);
        }

        static Options usual() {
            return new Options(3, 0.2, 0.3);
        }
    }

    private final PortraitNetworks networks;
    private final Options options;
    private final WindowShape shape;
    private final PictureObjectives pictures;

    SlidingStage(StartModel start, Options options, HybridMotionStage.Options motion, PictureObjectives.Options compared,
            PerceptualDistance perceptual) {
        this.options = options;
        networks = new PortraitNetworks(start, true, motion.faceAugmentation());
        shape = start.config().window();
        pictures = new PictureObjectives(compared, perceptual, networks.config().frameSize(), start.device(),
                start.options().seed());
    }

    /** A chunk that keyframes come from, the window, and a chunk for every further push. */
    @Override
    public int drivingFrames() {
        return shape.chunkFrames() * (shape.chunks() + options.windows());
    }

    @Override
    public List<Objective> objectives() {
        return pictures.objectives(this);
    }

    @Override
    public String name() {
        return "model";
    }

    @Override
    public Map<String, Weights.Loaded<?>> networks() {
        return networks.trained();
    }

    @Override
    public String trained() {
        return "denoising-unet/*";
    }

    @Override
    public List<String> parts() {
        return PictureObjectives.parts();
    }

    @Override
    public Loss loss(Batch batch, Draws draws) {
        SplittableRandom random = draws.ofStep();
        int chunk = random.nextInt(options.windows());
        boolean runIn = random.nextDouble() < options.runInShare();
        long keyframe = random.nextDouble() < options.keyframeShare() ? random.nextInt(shape.chunkFrames()) : -1;
        try (Scope scope = new Scope()) {
            PortraitNetworks.Inputs inputs = networks.read(batch, draws);
            Tensor finished = finished(inputs, draws, chunk, runIn, keyframe).flatten(0, 1);
            Tensor truth = inputs.driving().narrow(1, (long) shape.chunkFrames() * (1 + chunk), shape.chunkFrames());
            return pictures.loss(networks.decode(finished), truth.flatten(0, 1)).keep(scope);
        }
    }

    /**
     * Streams until a micro-chunk comes out.
     *
     * @param chunk    its number among those that drive, from 0
     * @param keyframe number of the driving frame that is read beside the portrait; below 0 for none
     * @return (b, frames of a micro-chunk, c, h, w), clean; gradients through the last step
     */
    private Tensor finished(PortraitNetworks.Inputs inputs, Draws draws, int chunk, boolean runIn, long keyframe) {
        try (Scope scope = new Scope();
                DenoisingWindow window = new DenoisingWindow(networks.denoisingUNet(),
                        networks.config().schedule().schedule(), shape, networks.device(), false)) {
            // on the portrait the first chunk comes out after as many pushes as the window has chunks
            int before = chunk + (runIn ? shape.chunks() - 1 : 0);
            Scope.withoutGradient(() -> {
                try (Scope each = new Scope(); ReferenceReading reading = reading(inputs, keyframe)) {
                    for (int push = 0; push < before; push++) {
                        window.push(entering(window, inputs, draws, push, runIn), reading);
                    }
                    return null;
                }
            });
            try (ReferenceReading reading = reading(inputs, keyframe);
                    DenoisingWindow.Step step = window.step(entering(window, inputs, draws, before, runIn), reading)) {
                return scope.keep(step.finished().clone());
            }
        }
    }

    private ReferenceReading reading(PortraitNetworks.Inputs inputs, long keyframe) {
        ReferenceReading portrait = networks.reading(inputs);
        if (keyframe < 0) {
            return portrait;
        }
        try (Scope scope = new Scope(); portrait) {
            Tensor latents = networks.latents(inputs, 1 + keyframe, 1).select(1, 0).contiguous();
            try (ReferenceReading earlier = networks.reading(latents, inputs.imageToken())) {
                return portrait.with(earlier);
            }
        }
    }

    /** @param push number of the push, from 0. @return what enters: all frames at the first, then a micro-chunk */
    private WindowFrames entering(DenoisingWindow window, PortraitNetworks.Inputs inputs, Draws draws, int push, boolean runIn) {
        int size = shape.chunkFrames();
        if (push > 0) {
            long first = 1 + (long) size * (1 + push + (runIn ? 0 : shape.chunks() - 1));
            return new WindowFrames(noise(window, inputs, draws, size), networks.tokens(inputs, first, size),
                    networks.poseFeatures(inputs, first, size));
        }
        return runIn ? onThePortrait(window, inputs, draws) : onTheClip(window, inputs, draws);
    }

    /** The newest micro-chunk: the portrait under the strongest noise. */
    private Tensor noise(DenoisingWindow window, PortraitNetworks.Inputs inputs, Draws draws, int frames) {
        Tensor portrait = inputs.portraitLatent().unsqueeze(1);
        return window.addNoise(portrait, normal(inputs, draws, frames));
    }

    private Tensor normal(PortraitNetworks.Inputs inputs, Draws draws, int frames) {
        long[] latent = Tensors.tail(inputs.portraitLatent());
        return Tensors.to(draws.normal(frames, latent[0], latent[1], latent[2]), networks.device(), ScalarType.Float);
    }

    /** True frames at the window's noise levels, and the newest micro-chunk as at any push. */
    private WindowFrames onTheClip(DenoisingWindow window, PortraitNetworks.Inputs inputs, Draws draws) {
        int size = shape.chunkFrames(), earlier = shape.earlierFrames();
        Tensor portrait = inputs.portraitLatent().unsqueeze(1).expand(-1, size, -1, -1, -1);
        Tensor clean = earlier == 0 ? portrait
                : Tensors.cat(1, networks.latents(inputs, 1L + size, earlier), portrait);
        Tensor latents = window.addNoise(clean, normal(inputs, draws, shape.frames()));
        return new WindowFrames(latents, networks.tokens(inputs, 1L + size, shape.frames()),
                networks.poseFeatures(inputs, 1L + size, shape.frames()));
    }

    /** The portrait at all noise levels; its motion goes over into that of the first driving frame. */
    private WindowFrames onThePortrait(DenoisingWindow window, PortraitNetworks.Inputs inputs, Draws draws) {
        int size = shape.chunkFrames(), earlier = shape.earlierFrames();
        Tensor latents = noise(window, inputs, draws, shape.frames());
        Tensor own = networks.tokens(inputs, 0, 1), first = networks.tokens(inputs, 1L + size, 1);
        List<Tensor> tokens = new ArrayList<>();
        for (int frame = 0; frame < earlier; frame++) {
            tokens.add(own.lerp(first, new Scalar((double) frame / earlier)));
        }
        tokens.add(networks.tokens(inputs, 1L + size, size));
        Tensor poses = networks.poseFeatures(inputs, 1L + size, size);
        return new WindowFrames(latents, Tensors.cat(1, tokens), earlier == 0 ? poses
                : Tensors.cat(1, networks.leadingPoseFeatures(inputs, 1L + size, earlier), poses));
    }

    @Override
    public List<List<BufferedImage>> samples(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            PortraitNetworks.Inputs inputs = networks.read(batch, draws);
            int chunk = options.windows() - 1;
            Tensor finished = finished(inputs, draws, chunk, false, -1);
            Tensor truth = inputs.driving().narrow(1, (long) shape.chunkFrames() * (1 + chunk), shape.chunkFrames());
            List<BufferedImage> portraits = Frames.toImages(inputs.portraits());
            List<List<BufferedImage>> rows = new ArrayList<>();
            for (int i = 0; i < portraits.size(); i++) {
                List<BufferedImage> row = new ArrayList<>(List.of(portraits.get(i)));
                row.addAll(Frames.toImages(truth.select(0, i)));
                row.addAll(Frames.toImages(networks.decode(finished.select(0, i))));
                rows.add(row);
            }
            return rows;
        }
    }

    @Override
    public void cacheIn(Path folder, String circumstances, long bytes) throws IOException {
        networks.cacheIn(folder, circumstances, bytes);
    }

    @Override
    public void export(Path folder) throws IOException {
        networks.export(folder);
    }

    @Override
    public void close() {
        pictures.close();
        networks.close();
    }
}
