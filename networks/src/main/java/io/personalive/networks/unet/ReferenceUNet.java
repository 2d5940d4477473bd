package io.personalive.networks.unet;

import io.personalive.networks.unet.UNetConfig.Attention;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Reads a reference's clean latent into an appearance bank; run once per portrait and keyframe. It ends with the last
 * spatial transformer, wherever that stands; without any there is nothing to it. Hu et al. 2023.
 */
public final class ReferenceUNet {
    private final UNetConfig config;
    private final Optional<Reader> reader;

    public ReferenceUNet(Weights at, UNetConfig config) {
        this.config = config;
        reader = config.attentionBlocks() == 0 ? Optional.empty() : Optional.of(new Reader(at, config));
    }

    /**
     * @param latents    (b, c, h, w), clean, scaled
     * @param imageToken (b, 1, width); null where there is no image encoder
     * @return the bank of b sequences; the caller closes it
     */
    public AppearanceBank forward(Tensor latents, Tensor imageToken) {
        ImageTokenAttention.require(config, imageToken, latents.size(0));
        return reader.map(some -> some.forward(latents, imageToken)).orElseGet(() -> new AppearanceBank(List.of()));
    }

    /** All spatial transformers but the last, and of the last what counts. */
    private static final class Reader implements UNetTrunk.Extras {
        private final UNetConfig config;
        private final Device device;
        private final UNetTrunk trunk;
        private final List<LastReferenceTransformer> last = new ArrayList<>(1);
        private int transformers;

        Reader(Weights at, UNetConfig config) {
            this.config = config;
            device = at.device();
            trunk = new UNetTrunk(at, config, this);
        }

        @Override
        public List<Stage> after(Weights block, int layer, int channels, Set<Attention> attention) {
            if (!attention.contains(Attention.SELF)) {
                return List.of();
            }
            Weights at = block.at("attentions").at(layer);
            boolean readsImage = attention.contains(Attention.IMAGE);
            if (transformers == config.attentionBlocks() - 1) {
                last.add(new LastReferenceTransformer(at, config, channels, readsImage));
                return List.of();
            }
            return List.of(new SpatialTransformer(at, config, channels, readsImage, transformers++));
        }

        @Override
        public boolean complete() {
            return !last.isEmpty();
        }

        AppearanceBank forward(Tensor latents, Tensor imageToken) {
            try (Scope scope = new Scope(); BankWriter writer = new BankWriter(imageToken);
                    TimeConditioning clean = trunk.embed(
                            Tensors.to(Tensors.of(new long[1], 1), device, ScalarType.Long))) {
                Tensor features = trunk.forward(trunk.enter(Tensors.channelsLast(latents)),
                        new Conditioning(1, clean, writer, Tensors.empty(ScalarType.Float, 0)));
                writer.write(last.get(0).bankTokens(features));
                return new AppearanceBank(writer.takeWritten());
            }
        }
    }

    /** Lets attention be plain self-attention and takes down what enters it. */
    private static final class BankWriter implements Appearance {
        private final List<Tensor> tokens = new ArrayList<>();
        private final Tensor imageToken;

        BankWriter(Tensor imageToken) {
            this.imageToken = imageToken;
        }

        @Override
        public BankWriter each(UnaryOperator<Tensor> change) {
            return new BankWriter(imageToken == null ? null : change.apply(imageToken));
        }

        @Override
        public void write(Tensor normalised) {
            tokens.add(Scope.own(normalised));
        }

        @Override
        public List<Tensor> takeWritten() {
            try (Scope scope = new Scope()) {
                List<Tensor> taken = List.copyOf(tokens);
                taken.forEach(scope::keep);
                close();
                return taken;
            }
        }

        @Override
        public void close() {
            tokens.forEach(Scope::release);
            tokens.clear();
        }

        @Override
        public Tensor selfAttention(int block, SelfAttention attention, Tensor normalised) {
            write(normalised);
            return attention.forward(normalised);
        }

        @Override
        public Tensor imageAttention(int block, ImageTokenAttention attention, long pictures) {
            return attention.forward(imageToken);
        }
    }
}
