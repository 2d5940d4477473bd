package io.personalive.training.losses;

import org.bytedeco.pytorch.Tensor;

/** How different pictures look to people, as near as something differentiable comes to it. */
public interface PerceptualDistance extends AutoCloseable {
    /**
     * @param pictures (n, 3, h, w) in [-1, 1]
     * @param truth    the same shape
     * @return one number, the mean over pictures; gradients go to {@code pictures}
     */
    Tensor between(Tensor pictures, Tensor truth);

    @Override
    default void close() {
        // most hold nothing
    }
}
