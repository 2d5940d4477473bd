package io.personalive.training.stages;

import io.personalive.animation.portrait.Frames;
import io.personalive.animation.schedule.NoiseLevels;
import io.personalive.animation.schedule.NoiseSchedule;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.networks.unet.TimeConditioning;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.training.data.Batch;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Denoises single frames down the timesteps of the model's window, as a stream does over several pushes: from the
 * portrait's latent under the noise of the newest micro-chunk.
 */
final class FrameRollout implements AutoCloseable {
    /** From the noisiest to the cleanest. */
    private final List<Integer> timesteps;
    private final List<NoiseLevels> levels = new ArrayList<>();
    private final PortraitNetworks networks;

    FrameRollout(PortraitNetworks networks) {
        this.networks = networks;
        timesteps = new ArrayList<>(networks.config().window().timesteps());
        Collections.reverse(timesteps);
        NoiseSchedule schedule = networks.config().schedule().schedule();
        timesteps.forEach(timestep -> levels.add(schedule.levels(new long[] {timestep}, networks.device())));
    }

    /** How many steps there are. */
    int steps() {
        return timesteps.size();
    }

    /**
     * @param steps how many are run, from the noisiest level on; only the last records gradients
     * @return (b, 1, c, h, w), the clean latents that the last step gives
     */
    Tensor clean(PortraitNetworks.Inputs inputs, Draws draws, int steps) {
        try (Scope scope = new Scope()) {
            Tensor portrait = inputs.portraitLatent().unsqueeze(1);
            Tensor noise = Tensors.to(draws.normal(Tensors.tail(portrait)), networks.device(), ScalarType.Float);
            Tensor noisy = levels.get(0).addNoise(portrait, noise);
            if (steps > 1) {
                Tensor begin = noisy;
                noisy = Scope.withoutGradient(() -> descended(inputs, begin, steps - 1));
            }
            try (ReferenceReading reading = networks.reading(inputs)) {
                Tensor predicted = predict(inputs, noisy, steps - 1, reading);
                return scope.keep(levels.get(steps - 1).clean(noisy, predicted));
            }
        }
    }

    private Tensor descended(PortraitNetworks.Inputs inputs, Tensor noisy, int steps) {
        try (Scope scope = new Scope(); ReferenceReading reading = networks.reading(inputs)) {
            Tensor latents = noisy;
            for (int step = 0; step < steps; step++) {
                try (NoiseLevels.Step lower = levels.get(step).stepTo(new long[] {timesteps.get(step + 1)})) {
                    latents = lower.take(latents, predict(inputs, latents, step, reading));
                }
            }
            return scope.keep(latents);
        }
    }

    private Tensor predict(PortraitNetworks.Inputs inputs, Tensor noisy, int step, ReferenceReading reading) {
        DenoisingUNet unet = networks.denoisingUNet();
        try (Scope scope = new Scope();
                TimeConditioning time = unet.embed(Tensors.to(Tensors.of(new long[] {timesteps.get(step)}, 1),
                        networks.device(), ScalarType.Long))) {
            Tensor predicted = unet.forward(noisy, time, reading, networks.tokens(inputs, 1, 1), networks.poseFeatures(inputs, 1, 1));
            return scope.keep(Tensors.to(predicted, ScalarType.Float));
        }
    }

    /** @return for each sample: portrait, the driving frame, its keypoint picture, what is made of them */
    List<List<BufferedImage>> samples(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            PortraitNetworks.Inputs inputs = networks.read(batch, draws);
            Tensor made = networks.decode(clean(inputs, draws, steps()).select(1, 0));
            List<BufferedImage> portraits = Frames.toImages(inputs.portraits());
            List<BufferedImage> driving = Frames.toImages(inputs.driving().select(1, 0));
            List<BufferedImage> poses = Frames.toImages(Pictures.signed(inputs.poses().select(1, 1)));
            List<BufferedImage> results = Frames.toImages(made);
            List<List<BufferedImage>> rows = new ArrayList<>();
            for (int i = 0; i < portraits.size(); i++) {
                rows.add(List.of(portraits.get(i), driving.get(i), poses.get(i), results.get(i)));
            }
            return rows;
        }
    }

    @Override
    public void close() {
        levels.forEach(NoiseLevels::close);
    }
}
