package io.personalive.networks.unet;

import org.bytedeco.pytorch.Tensor;

/** The reference's side of attention: written by the reference UNet, read by the denoising UNet. */
interface Appearance {
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
}
