package io.personalive.networks.unet;

import org.bytedeco.pytorch.Tensor;

/** The reference's side of attention: written by the reference UNet, read by the denoising UNet. */
interface Appearance {
    /**
     * Self-attention of one transformer block.
     *
     * @param block  number of the block, in the order of computation
     * @param tokens (f, h*w, channels), normalised
     * @return (f, h*w, channels)
     */
    Tensor selfAttention(int block, SelfAttention attention, Tensor tokens);

    /**
     * Cross-attention to the image token: with a single key the softmax is 1, so it is the same vector for all pixels.
     *
     * @return (1, 1, channels)
     */
    Tensor imageAttention(int block, ImageTokenAttention attention);
}
