package io.personalive.networks.unet;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Reads a reference's clean latent into an appearance bank; run once per portrait and keyframe. Hu et al. 2023. */
public final class ReferenceUNet {
    private final UNetTrunk trunk;
    private final LastReferenceTransformer last;
    private final Device device;
    private int transformers;

    public ReferenceUNet(Weights at, UNetConfig config) {
        device = at.device();
        trunk = new UNetTrunk(at, config, (block, layer, channels, attends) -> {
            // the last block's transformer is below: little of it counts
            if (!attends || transformers == config.attentionBlocks() - 1) {
                return List.of();
            }
            return List.of(new SpatialTransformer(block.at("attentions").at(layer), config, channels, transformers++));
        });
        Weights lastLevel = at.at("up_blocks").at(config.channels().size() - 1);
        last = new LastReferenceTransformer(lastLevel.at("attentions").at(config.layersPerBlock()), config,
                config.channels().get(0));
    }

    /**
     * @param latents    (1, c, h, w), clean, scaled
     * @param imageToken (1, 1, width)
     * @return the bank; the caller closes it
     */
    public AppearanceBank forward(Tensor latents, Tensor imageToken) {
        try (Scope scope = new Scope();
                TimeConditioning clean = trunk.embed(Tensors.to(Tensors.of(new long[1], 1), device, ScalarType.Long))) {
            BankWriter writer = new BankWriter(imageToken);
            Tensor features = trunk.forward(trunk.enter(Tensors.channelsLast(latents)),
                    new Conditioning(clean, writer, Tensors.empty(ScalarType.Float, 0)));
            writer.write(last.bankTokens(features));
            return writer.bank();
        }
    }

    /** Lets attention be plain self-attention and takes down what enters it. */
    private static final class BankWriter implements Appearance {
        private final List<Tensor> tokens = new ArrayList<>();
        private final Tensor imageToken;

        BankWriter(Tensor imageToken) {
            this.imageToken = imageToken;
        }

        void write(Tensor normalised) {
            tokens.add(Scope.own(normalised));
        }

        AppearanceBank bank() {
            AppearanceBank bank = new AppearanceBank(tokens);
            tokens.forEach(Scope::release);   // the bank holds them now
            return bank;
        }

        @Override
        public Tensor selfAttention(int block, SelfAttention attention, Tensor normalised) {
            write(normalised);
            return attention.forward(normalised);
        }

        @Override
        public Tensor imageAttention(int block, ImageTokenAttention attention) {
            return attention.forward(imageToken);
        }
    }
}
