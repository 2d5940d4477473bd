package io.personalive.networks.unet;

import org.bytedeco.pytorch.Tensor;

/** Attention inside a {@link FrameTransformer}: to the motion tokens, or to the other frames. */
interface FrameAttention {
    /**
     * @param tokens       (f, n, channels), normalised
     * @param motionTokens (f, tokens, width)
     * @return (f, n, channels)
     */
    Tensor forward(Tensor tokens, Tensor motionTokens);
}
