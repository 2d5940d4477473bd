package io.personalive.training.stages;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.Weights;
import io.personalive.training.data.Batch;
import io.personalive.training.losses.AdversarialLoss;
import io.personalive.training.losses.Discriminator;
import io.personalive.training.losses.PerceptualDistance;
import io.personalive.training.recipe.Checks;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * How made pictures are compared with true ones: squared difference, perceptual distance, and a discriminator that is
 * trained beside the model. PersonaLive, arXiv 2512.11253: MSE + 2 LPIPS + 0.05 adversarial.
 */
final class PictureObjectives implements AutoCloseable {
    /**
     * What can be told about it.
     *
     * @param pixel              weight of the mean squared difference of pictures in [-1, 1]
     * @param perceptual         weight of the perceptual distance
     * @param perceptualWeights  files with the weights of LPIPS, parted by commas; empty for the stand-in
     * @param adversarial        weight of the discriminator's opinion; 0 for no discriminator
     * @param discriminatorWidth channels of its first block
     * @param r1                 gamma of its gradient penalty
     * @param r1Share            part of the steps at which the penalty is computed, and is so much heavier
     */
    record Options(double pixel, double perceptual, String perceptualWeights, double adversarial, int discriminatorWidth,
            double r1, double r1Share) {
        Options {
            Checks.within("pixel", pixel, 0, Double.MAX_VALUE);
            Checks.within("perceptual", perceptual, 0, Double.MAX_VALUE);
            Checks.within("adversarial", adversarial, 0, Double.MAX_VALUE);
            Checks.atLeast("discriminator_width", discriminatorWidth, 1);
            Checks.within("r1", r1, 0, Double.MAX_VALUE);
            Checks.within("r1_share", r1Share, 1e-3, 1);
        }
    }

    /** How much wider than the first block any is at most: 512 channels beside 32. */
    private static final int WIDEST_BY = 16;

    private final Options options;
    private final PerceptualDistance perceptual;
    /** Null where there is no discriminator. */
    private final Weights.Loaded<Discriminator> discriminator;
    /** Of the batch that the model made last, without history; null before the first. */
    private Tensor made, truth;

    /** @param side of the pictures, in pixels */
    PictureObjectives(Options options, PerceptualDistance perceptual, int side, Device device, long seed) {
        this.options = options;
        this.perceptual = perceptual;
        discriminator = options.adversarial() == 0 ? null : Weights.buildTrainable(
                FreshTensors.withoutNorms(seed, name -> 1), device,
                at -> new Discriminator(at, side, options.discriminatorWidth(), WIDEST_BY * options.discriminatorWidth()));
    }

    /**
     * The model's side of it.
     *
     * @param pictures (n, 3, s, s), made, about [-1, 1]
     * @param wanted   the same shape, true
     */
    Loss loss(Tensor pictures, Tensor wanted) {
        try (Scope scope = new Scope()) {
            hold(pictures, wanted);
            Tensor plain = pictures.to(ScalarType.Float);
            Tensor pixel = torch.mse_loss(plain, wanted);
            Tensor total = pixel.mul(new Scalar(options.pixel()));
            Map<String, Double> parts = new LinkedHashMap<>(Map.of("pixel", pixel.item_double()));
            if (options.perceptual() > 0) {
                Tensor looks = perceptual.between(plain, wanted);
                parts.put("perceptual", looks.item_double());
                total = total.add(looks.mul(new Scalar(options.perceptual())));
            }
            if (discriminator != null) {
                Tensor opinion = AdversarialLoss.generator(discriminator.network().forward(plain));
                parts.put("adversarial", opinion.item_double());
                total = total.add(opinion.mul(new Scalar(options.adversarial())));
            }
            return new Loss(scope.keep(total), parts);
        }
    }

    private void hold(Tensor pictures, Tensor wanted) {
        Scope.release(made);
        Scope.release(truth);
        made = Scope.own(pictures.detach());
        truth = Scope.own(wanted.detach());
    }

    /** @return what a model's loss by these objectives is made of, and what a stage adds */
    static List<String> parts(String... added) {
        return Stream.concat(Stream.of("pixel", "perceptual", "adversarial"), Stream.of(added)).toList();
    }

    /** @return the model's objective, and behind it the discriminator's own where there is one */
    List<Objective> objectives(Objective model) {
        return discriminator == null ? List.of(model) : List.of(model, new Opponent());
    }

    @Override
    public void close() {
        perceptual.close();
        Scope.release(made);
        Scope.release(truth);
        if (discriminator != null) {
            discriminator.close();
        }
    }

    private final class Opponent implements Objective {
        @Override
        public String name() {
            return "discriminator";
        }

        @Override
        public Map<String, Weights.Loaded<?>> networks() {
            return Map.of("discriminator", discriminator);
        }

        @Override
        public List<String> parts() {
            return List.of("r1");
        }

        @Override
        public Loss loss(Batch batch, Draws draws) {
            SplittableRandom sometimes = draws.ofStep().split();
            try (Scope scope = new Scope()) {
                Discriminator network = discriminator.network();
                boolean penalised = options.r1() > 0 && sometimes.nextDouble() < options.r1Share();
                Tensor real = truth.detach().set_requires_grad(penalised);
                Tensor ofTrue = network.forward(real);
                Tensor total = AdversarialLoss.discriminator(ofTrue, network.forward(made));
                Map<String, Double> parts = new LinkedHashMap<>();
                if (penalised) {
                    Tensor penalty = AdversarialLoss.r1(ofTrue, real);
                    parts.put("r1", penalty.item_double());
                    total = total.add(penalty.mul(new Scalar(options.r1() / options.r1Share())));
                }
                return new Loss(scope.keep(total), parts);
            }
        }
    }
}
