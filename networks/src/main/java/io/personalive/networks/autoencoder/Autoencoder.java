package io.personalive.networks.autoencoder;

import io.personalive.torch.Scope;
import io.personalive.torch.layers.Conv2d;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;

/** The KL autoencoder of Stable Diffusion 1.x, its latents scaled to about unit variance. Rombach et al. 2022. */
public final class Autoencoder implements ImageAutoencoder {
    private final AutoencoderConfig config;
    private final Encoder encoder;
    private final Decoder decoder;
    private final LatentScaling scaling;
    private final Conv2d quantConv, postQuantConv;

    public Autoencoder(Weights at, AutoencoderConfig config) {
        this.config = config;
        int latents = config.latentChannels();
        scaling = new LatentScaling(at, config.latents());
        encoder = new Encoder(at.at("encoder"), config);
        decoder = new Decoder(at.at("decoder"), config);
        quantConv = Conv2d.of(at.at("quant_conv"), 2L * latents, 2L * latents, 1, 1, 0);
        postQuantConv = Conv2d.of(at.at("post_quant_conv"), latents, latents, 1, 1, 0);
    }

    @Override
    public Tensor encode(Tensor images) {
        try (Scope scope = new Scope()) {
            Tensor moments = quantConv.forward(encoder.forward(images));
            Tensor mean = moments.narrow(1, 0, config.latentChannels());
            return scope.keep(scaling.scale(mean));
        }
    }

    @Override
    public Tensor decode(Tensor latents) {
        try (Scope scope = new Scope()) {
            Tensor unscaled = scaling.unscale(latents);
            return scope.keep(decoder.forward(postQuantConv.forward(unscaled)));
        }
    }
}
