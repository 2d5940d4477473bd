package io.personalive.networks.autoencoder;

/**
 * Sizes of the tiny autoencoder.
 *
 * @param width   channels between its convolutions, everywhere
 * @param blocks  blocks at each size of the picture but the full one, which has a single block
 * @param latents what it encodes to; their scaling is of no matter, as it gives them scaled
 */
public record TinyAutoencoderConfig(int width, int blocks, LatentConfig latents) {
    /** taesd's, which was made for Stable Diffusion 1.x. */
    public static final TinyAutoencoderConfig OFFICIAL = of(LatentConfig.OFFICIAL);

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public TinyAutoencoderConfig {
        positive("width", width);
        positive("blocks", blocks);
    }

    /** As wide and as deep as taesd. */
    public static TinyAutoencoderConfig of(LatentConfig latents) {
        return new TinyAutoencoderConfig(64, 3, latents);
    }

    private static void positive(String field, int value) {
        if (value < 1) {
            throw new IllegalArgumentException("tiny_autoencoder." + field + " is " + value + ", expected a positive whole number");
        }
    }
}
