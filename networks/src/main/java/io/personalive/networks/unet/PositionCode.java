package io.personalive.networks.unet;

import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** Fixed sinusoids that tell a frame its place in the window: sines on even, cosines on odd channels. */
final class PositionCode {
    private static final double LONGEST_PERIOD = 10000;

    private PositionCode() {}

    /** @return (frames, 1, channels), freed with the network; row 0 is the oldest frame */
    static Tensor of(Weights at, int frames, int channels) {
        float[] code = new float[frames * channels];
        for (int position = 0; position < frames; position++) {
            for (int pair = 0; pair < channels; pair += 2) {
                double phase = position * Math.exp(-Math.log(LONGEST_PERIOD) * pair / channels);
                code[position * channels + pair] = (float) Math.sin(phase);
                if (pair + 1 < channels) {
                    code[position * channels + pair + 1] = (float) Math.cos(phase);
                }
            }
        }
        return at.own(Tensors.to(Tensors.of(code, frames, 1, channels), at.device(), at.type()));
    }
}
