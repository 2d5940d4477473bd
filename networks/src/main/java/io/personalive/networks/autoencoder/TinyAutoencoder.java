package io.personalive.networks.autoencoder;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Activation;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/** The tiny autoencoder (taesd): small convolutions only, for speed. Its latents are in the scaled space as they are. */
public final class TinyAutoencoder implements ImageAutoencoder {
    private final List<UnaryOperator<Tensor>> encoder = new ArrayList<>(), decoder = new ArrayList<>();

    public TinyAutoencoder(Weights at, TinyAutoencoderConfig config) {
        int width = config.width(), channels = config.latents().channels(), halvings = config.latents().halvings();
        Weights encoding = at.at("encoder.layers");
        encoder.add(Conv2d.same(encoding.at(0), 3, width)::forward);
        encoder.add(new Block(encoding.at(1), width)::forward);
        int next = 2;
        for (int level = 0; level < halvings; level++) {
            encoder.add(Conv2d.withoutBias(encoding.at(next++), width, width, 3, 2, 1)::forward);
            for (int layer = 0; layer < config.blocks(); layer++) {
                encoder.add(new Block(encoding.at(next++), width)::forward);
            }
        }
        encoder.add(Conv2d.same(encoding.at(next), width, channels)::forward);

        Weights decoding = at.at("decoder.layers");
        decoder.add(TinyAutoencoder::squash);
        decoder.add(Conv2d.same(decoding.at(0), channels, width)::forward);
        decoder.add(Activation::relu);
        next = 2;   // number 1 is the activation
        for (int level = 0; level < halvings; level++) {
            for (int layer = 0; layer < config.blocks(); layer++) {
                decoder.add(new Block(decoding.at(next++), width)::forward);
            }
            next++;   // the upsampling
            decoder.add(Conv2d.withoutBias(decoding.at(next++), width, width, 3, 1, 1)::forwardEnlarged);
        }
        decoder.add(new Block(decoding.at(next++), width)::forward);
        decoder.add(Conv2d.same(decoding.at(next), width, 3)::forward);
    }

    @Override
    public Tensor encode(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor unit = images.add(new Scalar(1)).mul(new Scalar(0.5));
            return scope.keep(run(encoder, unit));
        }
    }

    @Override
    public Tensor decode(Tensor latents) {
        try (Scope scope = new Scope()) {
            return scope.keep(run(decoder, latents).mul(new Scalar(2)).sub(new Scalar(1)));
        }
    }

    private static Tensor run(List<UnaryOperator<Tensor>> layers, Tensor input) {
        try (Scope scope = new Scope()) {
            Tensor x = Tensors.channelsLast(input);
            for (UnaryOperator<Tensor> layer : layers) {
                x = scope.replace(x, layer.apply(x));
            }
            return scope.keep(x);
        }
    }

    /** Keeps latents within about [-3, 3]. */
    private static Tensor squash(Tensor latents) {
        return latents.div(new Scalar(3)).tanh().mul(new Scalar(3));
    }

    /** Three convolutions and a skip. */
    private static final class Block {
        private final Conv2d first, second, third;

        Block(Weights at, int width) {
            first = Conv2d.same(at.at("conv.0"), width, width);
            second = Conv2d.same(at.at("conv.2"), width, width);
            third = Conv2d.same(at.at("conv.4"), width, width);
        }

        Tensor forward(Tensor x) {
            try (Scope scope = new Scope()) {
                Tensor hidden = Activation.relu(first.forward(x));
                hidden = third.forward(Activation.relu(second.forward(hidden)));
                return scope.keep(Activation.relu(Activation.add(hidden, x)));
            }
        }
    }
}
