package io.personalive.networks.autoencoder;

import org.bytedeco.pytorch.Tensor;

/** Pictures to latents, in which diffusion works, and back. */
public interface ImageAutoencoder {
    /**
     * @param images (b, 3, h, w) in [-1, 1]; h and w multiples of 8
     * @return (b, 4, h/8, w/8), the latents' mean, scaled
     */
    Tensor encode(Tensor images);

    /**
     * @param latents (b, 4, h, w), scaled
     * @return (b, 3, 8h, 8w), about [-1, 1], not clamped
     */
    Tensor decode(Tensor latents);
}
