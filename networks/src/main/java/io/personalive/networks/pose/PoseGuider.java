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
    private final List<Conv2d> convolutions = new ArrayList<>();
    private final Conv2d out;

    /** @param outChannels the first width of the UNet that the features are added in */
    public PoseGuider(Weights weights, PoseGuiderConfig config, long outChannels) {
        List<Integer> widths = config.widths();
        convolutions.add(Conv2d.same(weights.at("conv_in"), 3, widths.get(0)));
        for (int i = 0; i + 1 < widths.size(); i++) {
            convolutions.add(Conv2d.same(weights.at("blocks").at(2 * i), widths.get(i), widths.get(i)));
            convolutions.add(Conv2d.of(weights.at("blocks").at(2 * i + 1), widths.get(i), widths.get(i + 1), 3, 2, 1));
        }
        out = Conv2d.same(weights.at("conv_out_modify"), widths.get(widths.size() - 1), outChannels);
    }

    /**
     * @param pictures (f, 3, h, w) in [0, 1], h and w multiples of the latent factor
     * @return (f, outChannels, h/factor, w/factor), the pose features
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
