package io.personalive.networks;

import org.bytedeco.pytorch.Tensor;

/** Pictures as rows of tokens and back. Both are views where the pictures are stored channels-last. */
public final class Pixels {
    private Pixels() {}

    /**
     * @param images (b, c, h, w)
     * @return (b, h*w, c)
     */
    public static Tensor toTokens(Tensor images) {
        return images.permute(0, 2, 3, 1).flatten(1, 2);
    }

    /**
     * @param tokens (b, h*w, c)
     * @return (b, c, h, w), stored channels-last
     */
    public static Tensor toImages(Tensor tokens, long height, long width) {
        return tokens.unflatten(1, height, width).permute(0, 3, 1, 2);
    }
}
