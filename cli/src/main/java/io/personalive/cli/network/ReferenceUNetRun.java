package io.personalive.cli.network;

import static io.personalive.cli.network.Inputs.ANY;

import io.personalive.animation.model.NetworkType;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.networks.unet.AppearanceBank;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** The reference UNet: latents and an image token in, the appearance bank out. */
final class ReferenceUNetRun implements NetworkRun {
    @Override
    public Map<String, Tensor> run(Inputs inputs, Setting setting) {
        NetworkWeights weights = NetworkRuns.weights("reference-unet", setting);
        UNetConfig config = weights.unet();
        try (Weights.Loaded<ReferenceUNet> loaded = NetworkType.REFERENCE_UNET.load(weights, setting.device(), setting.precision())) {
            Tensor latents = setting.inPrecision(inputs.floats("latents", 1, config.latentChannels(), ANY, ANY));
            Tensor imageToken = NetworkRuns.imageToken(inputs, config, setting);
            List<String> names = AppearanceBank.names(config);
            Map<String, Tensor> outputs = new LinkedHashMap<>();
            try (AppearanceBank bank = loaded.network().forward(latents, imageToken)) {
                for (int block = 0; block < names.size(); block++) {
                    outputs.put("bank." + names.get(block), bank.tokens().get(block).clone());
                }
            }
            return outputs;
        }
    }
}
