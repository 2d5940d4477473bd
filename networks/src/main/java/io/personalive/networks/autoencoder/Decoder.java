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

/** The decoding half of the KL autoencoder. */
final class Decoder {
    private final Conv2d convOut;
    private final List<UnaryOperator<Tensor>> blocks = new ArrayList<>();
    private final GroupNorm normOut;

    Decoder(Weights at, AutoencoderConfig config) {
        List<Integer> channels = config.channels();
        int last = channels.size() - 1;
        int in = channels.get(last);
        blocks.add(Conv2d.same(at.at("conv_in"), config.latentChannels(), in)::forward);
        blocks.add(new MidBlock(at.at("mid_block"), in, config.groups())::forward);
        for (int level = 0; level <= last; level++) {
            Weights block = at.at("up_blocks").at(level);
            int out = channels.get(last - level);
            for (int layer = 0; layer <= config.layersPerBlock(); layer++) {
                blocks.add(new ResnetBlock(block.at("resnets").at(layer), in, out, config.groups(), Encoder.EPSILON)::forward);
                in = out;
            }
            if (level < last) {
                Conv2d smooth = Conv2d.same(block.at("upsamplers.0.conv"), out, out);
                blocks.add(smooth::forwardEnlarged);
            }
        }
        normOut = new GroupNorm(at.at("conv_norm_out"), config.groups(), in, Encoder.EPSILON);
        convOut = Conv2d.same(at.at("conv_out"), in, 3);
    }

    /** @return (b, 3, factor h, factor w) */
    Tensor forward(Tensor latents) {
        try (Scope scope = new Scope()) {
            Tensor x = GradientPass.through(blocks, Tensors.channelsLast(latents));
            return scope.keep(convOut.forward(Activation.silu(normOut.forward(x))));
        }
    }
}
