package io.personalive.training.stages;

import io.personalive.animation.schedule.NoiseLevels;
import io.personalive.animation.schedule.NoiseSchedule;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.networks.unet.TimeConditioning;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Batch;
import io.personalive.training.recipe.Checks;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Image-level hybrid motion training, stage 1: single frames of one person, noised at a random timestep, are to be
 * predicted from another frame of that person, their own expression and head pose. PersonaLive, arXiv 2512.11253.
 */
final class HybridMotionStage implements Stage, Objective {
    /**
     * What this stage can be told.
     *
     * @param faceShift  of the face crop at most, in sides of it, either way
     * @param faceScale  of the face crop at most, as a part either way
     * @param faceColour contrast of the face crop as a part either way
     */
    record Options(double faceShift, double faceScale, double faceColour) {
        Options {
            Checks.within("face_shift", faceShift, 0, 1);
            Checks.within("face_scale", faceScale, 0, 0.9);
            Checks.within("face_colour", faceColour, 0, 1);
        }

        static Options usual() {
            return new Options(0.05, 0.1, 0.3);
        }

        FaceAugmentation faceAugmentation() {
            return new FaceAugmentation(faceShift, faceScale, faceColour);
        }
    }

    private final PortraitNetworks networks;
    private final NoiseSchedule schedule;
    private final FrameRollout rollout;

    HybridMotionStage(StartModel start, Options options) {
        networks = new PortraitNetworks(start, false, options.faceAugmentation());
        schedule = start.config().schedule().schedule();
        rollout = new FrameRollout(networks);
    }

    @Override
    public int drivingFrames() {
        return 1;
    }

    @Override
    public List<Objective> objectives() {
        return List.of(this);
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
        return List.of();
    }

    @Override
    public Loss loss(Batch batch, Draws draws) {
        long[] timesteps = draws.wholes(schedule.steps());
        try (Scope scope = new Scope(); NoiseLevels levels = schedule.levels(timesteps, networks.device())) {
            PortraitNetworks.Inputs inputs = networks.read(batch, draws);
            Tensor clean = networks.latents(inputs, 1, 1);
            Tensor noise = Tensors.to(draws.normal(Tensors.tail(clean)), networks.device(), ScalarType.Float);
            Tensor noisy = levels.addNoise(clean, noise), target = levels.target(clean, noise);
            Tensor asked = Tensors.to(Tensors.of(timesteps, timesteps.length), networks.device(), ScalarType.Long);
            try (ReferenceReading reading = networks.reading(inputs);
                    TimeConditioning time = networks.denoisingUNet().embed(asked)) {
                Tensor predicted = networks.denoisingUNet().forward(noisy, time, reading, networks.tokens(inputs, 1, 1),
                        networks.poseFeatures(inputs, 1, 1));
                return new Loss(scope.keep(torch.mse_loss(Tensors.to(predicted, ScalarType.Float), target)), Map.of());
            }
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
        rollout.close();
        networks.close();
    }
}
