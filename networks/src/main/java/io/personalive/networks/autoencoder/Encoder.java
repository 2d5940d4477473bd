package io.personalive.networks.autoencoder;

import io.personalive.networks.ResnetBlock;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.layers.GroupNorm;
import io.personalive.torch.training.GradientPass;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The encoding half of the KL autoencoder. */
final class Encoder {
    static final double EPSILON = 1e-6;

    private final Conv2d convOut;
    private final List<UnaryOperator<Tensor>> blocks = new ArrayList<>();
    private final GroupNorm normOut;

    Encoder(Weights at, AutoencoderConfig config) {
        List<Integer> channels = config.channels();
        int last = channels.size() - 1;
        blocks.add(Conv2d.same(at.at("conv_in"), 3, channels.get(0))::forward);
        int in = channels.get(0);
        for (int level = 0; level <= last; level++) {
            Weights block = at.at("down_blocks").at(level);
            int out = channels.get(level);
            for (int layer = 0; layer < config.layersPerBlock(); layer++) {
                blocks.add(new ResnetBlock(block.at("resnets").at(layer), in, out, config.groups(), EPSILON)::forward);
                in = out;
            }
            if (level < last) {
                Conv2d halve = Conv2d.of(block.at("downsamplers.0.conv"), out, out, 3, 2, 0);
                blocks.add(x -> halve.forward(padRightAndBottom(x)));
            }
        }
        blocks.add(new MidBlock(at.at("mid_block"), in, config.groups())::forward);
        normOut = new GroupNorm(at.at("conv_norm_out"), config.groups(), in, EPSILON);
        convOut = Conv2d.same(at.at("conv_out"), in, 2L * config.latentChannels());
    }

    /** @return (b, 2c, h/factor, w/factor): mean and logarithm of the variance, before the quantising convolution */
    Tensor forward(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor x = GradientPass.through(blocks, Tensors.channelsLast(images));
            return scope.keep(convOut.forward(Activation.silu(normOut.forward(x))));
        }
    }

    private static Tensor padRightAndBottom(Tensor x) {
        return Tensors.channelsLast(torch.constant_pad_nd(x, 0, 1, 0, 1));
    }
}
