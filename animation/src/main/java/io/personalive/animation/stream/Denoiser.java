package io.personalive.animation.stream;

import io.personalive.networks.unet.ReferenceReading;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The denoising network as a window sees it: of frames at the window's noise levels. */
interface Denoiser extends AutoCloseable {
    /**
     * @param frames     of b sequences
     * @param references what the sequences read, in their order
     * @return (b, f, c, h, w), what the network predicts
     */
    Tensor predict(WindowFrames frames, List<ReferenceReading> references);

    @Override
    default void close() {
        // most hold nothing
    }
}
