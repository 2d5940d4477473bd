package io.personalive.networks.unet;

import org.bytedeco.pytorch.Tensor;

/** Attention inside a {@link FrameTransformer}: to the motion tokens, or to the other frames of the sequence. */
interface FrameAttention {
    /**
     * @param tokens (b*f, n, channels), normalised
     * @return (b*f, n, channels)
     */
    Tensor forward(Tensor tokens, Conditioning conditioning);
}
