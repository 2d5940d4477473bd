package io.personalive.training.losses;

import io.personalive.torch.Scope;
import org.bytedeco.pytorch.BoolOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * The non-saturating game of a generator and a discriminator (Goodfellow et al. 2014), with the R1 penalty (Mescheder
 * et al. 2018). Scores are (b, 1) or (b), higher for what the discriminator holds to be true.
 */
public final class AdversarialLoss {
    private AdversarialLoss() {}

    /** @return one number: small when made pictures are held to be true */
    public static Tensor generator(Tensor scoresOfMade) {
        try (Scope scope = new Scope()) {
            return scope.keep(torch.softplus(scoresOfMade.neg()).mean());
        }
    }

    /** @return one number: small when the discriminator tells true from made */
    public static Tensor discriminator(Tensor scoresOfTrue, Tensor scoresOfMade) {
        try (Scope scope = new Scope()) {
            return scope.keep(torch.softplus(scoresOfTrue.neg()).mean().add(torch.softplus(scoresOfMade).mean()));
        }
    }

    /**
     * Half the mean squared length of the scores' slope at true pictures. Its backward pass goes through the
     * discriminator twice.
     *
     * @param scores   of {@code pictures}
     * @param pictures (b, c, h, w), which must carry gradients
     * @return one number, to be weighted by gamma
     */
    public static Tensor r1(Tensor scores, Tensor pictures) {
        try (Scope scope = new Scope()) {
            TensorVector slopes = torch.grad(new TensorVector(scores.sum()), new TensorVector(pictures),
                    new TensorVector(), new BoolOptional(true), true, false);
            return scope.keep(slopes.get(0).square().flatten(1, 3).sum(1).mean().mul(new Scalar(0.5)));
        }
    }
}
