package io.personalive.networks.autoencoder;

import java.util.Collections;
import java.util.List;

/**
 * The space in which diffusion works. What an encoder gives is brought to about unit variance, channel by channel:
 * scaled = (latent - mean) / deviation.
 *
 * @param factor    pixels of the picture for one pixel of the latents, in each direction: 4, 8 or 16
 * @param channels  channels of the latents
 * @param mean      of each channel, before scaling
 * @param deviation of each channel, before scaling
 */
public record LatentConfig(int factor, int channels, List<Double> mean, List<Double> deviation) {
    /** What Stable Diffusion 1.x multiplies its latents by. */
    private static final double OFFICIAL_SCALING = 0.18215;

    /** Stable Diffusion 1.x. */
    public static final LatentConfig OFFICIAL = alike(8, 4);

    /** @throws IllegalArgumentException naming the field that can't be, its value and what would be right */
    public LatentConfig {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (factor != 4 && factor != 8 && factor != 16) {
            throw new IllegalArgumentException("latents.factor is " + factor + ", expected 4, 8 or 16");
        }
        if (channels < 1) {
            throw new IllegalArgumentException("latents.channels is " + channels + ", expected a positive whole number");
        }
        if (mean.size() != channels || !mean.stream().allMatch(Double::isFinite)) {
            throw new IllegalArgumentException("latents.mean is " + mean + ", expected a number for each of the "
                    + channels + " channels");
        }
        if (deviation.size() != channels || !deviation.stream().allMatch(each -> each > 0 && Double.isFinite(each))) {
            throw new IllegalArgumentException("latents.deviation is " + deviation
                    + ", expected a positive number for each of the " + channels + " channels");
        }
    }

    /** Latents whose channels are all scaled as Stable Diffusion 1.x scales its own. */
    public static LatentConfig alike(int factor, int channels) {
        int count = Math.max(0, channels);
        return new LatentConfig(factor, channels, Collections.nCopies(count, 0.0),
                Collections.nCopies(count, 1 / OFFICIAL_SCALING));
    }

    /** How often an encoder halves the picture. */
    public int halvings() {
        return Integer.numberOfTrailingZeros(factor);
    }
}
