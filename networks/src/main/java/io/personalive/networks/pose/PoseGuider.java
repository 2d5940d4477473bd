package io.personalive.networks.pose;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Turns keypoint pictures into features at the size of the latents. Hu et al. 2023 (Animate Anyone). */
public final class PoseGuider {
    private static final int[] WIDTHS = {16, 32, 96, 256};

    private final List<Conv2d> convolutions = new ArrayList<>();
    private final Conv2d out;

    /** @param outChannels the first width of the UNet that the features are added in */
    public PoseGuider(Weights weights, long outChannels) {
        convolutions.add(Conv2d.same(weights.at("conv_in"), 3, WIDTHS[0]));
        for (int i = 0; i + 1 < WIDTHS.length; i++) {
            convolutions.add(Conv2d.same(weights.at("blocks").at(2 * i), WIDTHS[i], WIDTHS[i]));
            convolutions.add(Conv2d.of(weights.at("blocks").at(2 * i + 1), WIDTHS[i], WIDTHS[i + 1], 3, 2, 1));
        }
        out = Conv2d.same(weights.at("conv_out_modify"), WIDTHS[WIDTHS.length - 1], outChannels);
    }

    /**
     * @param pictures (f, 3, h, w) in [0, 1], h and w multiples of 8
     * @return (f, outChannels, h/8, w/8), the pose features
     */
    public Tensor forward(Tensor pictures) {
        try (Scope scope = new Scope()) {
            Tensor hidden = Tensors.channelsLast(pictures);
            for (Conv2d convolution : convolutions) {
                hidden = Activation.silu(convolution.forward(hidden));
            }
            return scope.keep(out.forward(hidden));
        }
    }
}
