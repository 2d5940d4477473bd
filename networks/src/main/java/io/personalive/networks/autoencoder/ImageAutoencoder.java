package io.personalive.networks.autoencoder;

import org.bytedeco.pytorch.Tensor;

/** Pictures to latents, in which diffusion works, and back. */
public interface ImageAutoencoder {
    /**
     * @param images (b, 3, h, w) in [-1, 1]; h and w multiples of the latent factor
     * @return (b, c, h/factor, w/factor), the latents' mean, scaled
     */
    Tensor encode(Tensor images);

    /**
     * @param latents (b, c, h, w), scaled
     * @return (b, 3, factor h, factor w), about [-1, 1], not clamped
     */
    Tensor decode(Tensor latents);
}
