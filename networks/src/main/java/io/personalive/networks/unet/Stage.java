package io.personalive.networks.unet;

import org.bytedeco.pytorch.Tensor;

/** One step through a UNet that keeps the number of frames: a residual block, a transformer, a change of size. */
interface Stage {
    /**
     * @param x (b*f, channels, h, w)
     * @return (b*f, channels', h', w')
     */
    Tensor forward(Tensor x, Conditioning conditioning);
}
