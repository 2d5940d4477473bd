package io.personalive.networks.unet;

import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/** The reference's side of attention: written by the reference UNet, read by the denoising UNet. */
interface Appearance extends AutoCloseable {
    /**
     * Self-attention of one transformer block.
     *
     * @param block  number of the block, in the order of computation
     * @param tokens (b*f, h*w, channels), normalised
     * @return (b*f, h*w, channels)
     */
    Tensor selfAttention(int block, SelfAttention attention, Tensor tokens);

    /**
     * Cross-attention to the image token: with a single key the softmax is 1, so it is the same vector for all pixels.
     *
     * @param pictures b*f, for how many it is wanted
     * @return (pictures, 1, channels), or (1, 1, channels) for all of them
     */
    Tensor imageAttention(int block, ImageTokenAttention attention, long pictures);

    /** @return the same with every tensor of it changed, nothing written yet; the caller closes it */
    Appearance each(UnaryOperator<Tensor> change);

    /**
     * Takes down what enters self-attention, for the bank.
     *
     * @param tokens (b, h*w, channels), normalised
     */
    default void write(Tensor tokens) {
        throw new UnsupportedOperationException("nothing is written here");
    }

    /** @return what was written and not taken before, in the caller's scope */
    default List<Tensor> takeWritten() {
        return List.of();
    }

    @Override
    void close();
}
