package io.personalive.training.stages;

import io.personalive.torch.Scope;
import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Batch;
import io.personalive.training.losses.PerceptualDistance;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Few-step appearance distillation, stage 2: single frames are denoised from noise in as few steps as a stream takes, of
 * which the last learns, and compared with the true frame as pictures. PersonaLive, arXiv 2512.11253.
 */
final class DistillationStage implements Stage, Objective {
    private final PortraitNetworks networks;
    private final FrameRollout rollout;
    private final PictureObjectives pictures;

    DistillationStage(StartModel start, HybridMotionStage.Options motion, PictureObjectives.Options compared,
            PerceptualDistance perceptual) {
        networks = new PortraitNetworks(start, false, motion.faceAugmentation());
        rollout = new FrameRollout(networks);
        pictures = new PictureObjectives(compared, perceptual, networks.config().frameSize(), start.device(),
                start.options().seed());
    }

    @Override
    public int drivingFrames() {
        return 1;
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
    public List<String> parts() {
        return PictureObjectives.parts();
    }

    @Override
    public Loss loss(Batch batch, Draws draws) {
        int steps = 1 + draws.ofStep().nextInt(rollout.steps());
        try (Scope scope = new Scope()) {
            PortraitNetworks.Inputs inputs = networks.read(batch, draws);
            Tensor clean = rollout.clean(inputs, draws, steps).select(1, 0);
            return pictures.loss(networks.decode(clean), inputs.driving().select(1, 0).contiguous()).keep(scope);
        }
    }

    @Override
    public List<List<BufferedImage>> samples(Batch batch, Draws draws) {
        return rollout.samples(batch, draws);
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
        rollout.close();
        networks.close();
    }
}
