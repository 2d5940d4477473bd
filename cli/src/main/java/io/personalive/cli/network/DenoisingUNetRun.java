package io.personalive.cli.network;

import static io.personalive.cli.network.Inputs.ANY;

import io.personalive.animation.model.NetworkType;
import io.personalive.animation.model.NetworkWeights;
import io.personalive.networks.unet.AppearanceBank;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.networks.unet.TimeConditioning;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The denoising UNet with its motion and temporal modules on one window of frames. */
final class DenoisingUNetRun implements NetworkRun {
    @Override
    public Map<String, Tensor> run(Inputs inputs, Setting setting) {
        NetworkWeights weights = NetworkRuns.weights("denoising-unet", setting);
        UNetConfig config = weights.unet();
        try (Weights.Loaded<DenoisingUNet> loaded = NetworkType.DENOISING_UNET.load(weights, setting.device(), setting.precision())) {
            DenoisingUNet network = loaded.network();
            Tensor latents = inputs.floats("latents", 1, config.latentChannels(), ANY, ANY, ANY);
            long frames = latents.size(2);
            Tensor timesteps = Tensors.to(inputs.longs("timesteps", frames), setting.device(), ScalarType.Long);
            Tensor imageToken = NetworkRuns.imageToken(inputs, config, setting);
            List<Tensor> tokens = AppearanceBank.names(config).stream()
                    .map(name -> setting.inPrecision(inputs.floats("bank." + name, 1, ANY, ANY))).toList();
            Tensor motion = inputs.floats("motion_tokens", 1, frames, ANY, config.motionTokenWidth());
            Tensor pose = inputs.floats("pose_features", 1, config.channels().get(0), frames,
                    latents.size(3), latents.size(4));
            try (AppearanceBank bank = new AppearanceBank(tokens);
                    ReferenceReading reference = network.read(bank, imageToken);
                    TimeConditioning time = network.embed(timesteps)) {
                Tensor noise = network.forward(setting.inPrecision(latents.transpose(1, 2)), time, reference,
                        setting.inPrecision(motion), setting.inPrecision(pose.transpose(1, 2)));
                return Map.of("noise", noise.transpose(1, 2));
            }
        }
    }
}
