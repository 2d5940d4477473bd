package io.personalive.training.stages;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.NetworkType;
import io.personalive.animation.portrait.Frames;
import io.personalive.networks.autoencoder.ImageAutoencoder;
import io.personalive.torch.Scope;
import io.personalive.torch.training.GradientPass;
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
import org.bytedeco.pytorch.Tensor;

/** Trains the autoencoder: pictures are to come back from their latents, and the latents to have about unit variance. */
final class AutoencoderStage implements Stage, Objective {
    /**
     * What this stage can be told beside what pictures are compared by.
     *
     * @param latentSize weight of the latents' mean square, which keeps them from growing
     */
    record Options(double latentSize) {
        Options {
            Checks.within("latent_size", latentSize, 0, Double.MAX_VALUE);
        }

        static Options usual() {
            return new Options(1e-6);
        }
    }

    private final StartModel start;
    private final ModelConfig config;
    private final NetworkType<? extends ImageAutoencoder> type;
    private final Options options;
    private final Weights.Loaded<? extends ImageAutoencoder> autoencoder;
    private final PictureObjectives pictures;

    AutoencoderStage(StartModel start, Options options, PictureObjectives.Options compared, PerceptualDistance perceptual) {
        this.start = start;
        this.options = options;
        config = start.config();
        type = NetworkType.autoencoder(config);
        autoencoder = start.trainable(type);
        pictures = new PictureObjectives(compared, perceptual, config.frameSize(), start.device(), start.options().seed());
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
        return Map.of(type.name().toString(), autoencoder);
    }

    @Override
    public List<String> parts() {
        return PictureObjectives.parts("latent_size");
    }

    @Override
    public Loss loss(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            Tensor truth = Pictures.of(batch, config.frameSize(), start.device()).flatten(0, 1);
            Tensor latents = GradientPass.joint(autoencoder.network().encode(truth));
            Loss compared = pictures.loss(autoencoder.network().decode(latents), truth);
            Tensor size = latents.square().mean();
            Loss loss = compared.plus("latent_size", size, options.latentSize());
            return loss.keep(scope);
        }
    }

    @Override
    public List<List<BufferedImage>> samples(Batch batch, Draws draws) {
        try (Scope scope = new Scope()) {
            Tensor truth = Pictures.of(batch, config.frameSize(), start.device()).select(1, 1).contiguous();
            List<BufferedImage> given = Frames.toImages(truth);
            List<BufferedImage> made = Frames.toImages(autoencoder.network().decode(autoencoder.network().encode(truth)));
            List<List<BufferedImage>> rows = new ArrayList<>();
            for (int i = 0; i < given.size(); i++) {
                rows.add(List.of(given.get(i), made.get(i)));
            }
            return rows;
        }
    }

    @Override
    public void export(Path folder) throws IOException {
        start.export(folder, Map.of(type.name(), autoencoder));
    }

    @Override
    public void close() {
        pictures.close();
        autoencoder.close();
    }
}
