package io.personalive.training.losses;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class AdversarialLossTest {
    @Test
    void undecidedScoresCostTheLogarithmOfTwoEach() {
        try (Scope scope = new Scope()) {
            Tensor none = Tensors.of(new float[3], 3, 1);

            assertEquals(Math.log(2), AdversarialLoss.generator(none).item_double(), 1e-6);
            assertEquals(2 * Math.log(2), AdversarialLoss.discriminator(none, none).item_double(), 1e-6);
        }
    }

    @Test
    void r1GivesTheDiscriminatorsWeightItsSlope() {
        try (Scope scope = new Scope()) {
            Tensor pictures = RandomTensors.of(1, 2, 3, 4, 4).set_requires_grad(true);
            Tensor weight = Tensors.of(new float[] {1.5f}, 1).set_requires_grad(true);
            // D(x) = w |x|^2 / 2 has the slope w x: R1 = w^2 |x|^2 / 2, whose slope in w is w |x|^2
            Tensor scores = pictures.square().flatten(1, 3).sum(1).mul(weight).mul(new Scalar(0.5));
            Tensor penalty = AdversarialLoss.r1(scores, pictures);
            penalty.backward();
            double size = pictures.square().sum().item_double() / 2; // mean over two pictures

            assertEquals(1.5 * 1.5 * size / 2, penalty.item_double(), 1e-4 * size);
            assertEquals(1.5 * size, weight.grad().item_double(), 1e-4 * size);
        }
    }

    /** With weights made for layers with norms all scores are the same to the fourth digit, and it never learns. */
    @Test
    void aFreshDiscriminatorSeesADifference() {
        try (Scope scope = new Scope(); var fresh = Weights.buildTrainable(FreshTensors.withoutNorms(1, name -> 1), Device.CPU,
                at -> new Discriminator(at, 64, 8, 64))) {
            Tensor grain = RandomTensors.of(1, 1, 3, 64, 64), flat = grain.mul(new Scalar(0.0));
            Tensor scores = fresh.network().forward(Tensors.cat(0, grain, flat));

            assertTrue(scores.select(0, 0).sub(scores.select(0, 1)).abs().item_double() > 0.02, scores::toString);
        }
    }
}
