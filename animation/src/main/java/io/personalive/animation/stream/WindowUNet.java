package io.personalive.animation.stream;

import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.networks.unet.TimeConditioning;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The denoising UNet at the timesteps of a window, which never change. */
final class WindowUNet implements Denoiser {
    private final DenoisingUNet unet;
    private final Tensor timesteps;
    /** What the timesteps add; null where the weights change, so that it must be computed each time. */
    private final TimeConditioning fixed;

    /** @param frozen whether the weights stay as they are while this lives */
    WindowUNet(DenoisingUNet unet, WindowShape shape, Device device, boolean frozen) {
        this.unet = unet;
        try (Scope scope = new Scope()) {
            timesteps = Scope.own(Tensors.to(Tensors.of(shape.frameTimesteps(), shape.frames()), device, ScalarType.Long));
            fixed = frozen ? Scope.withoutGradient(() -> unet.embed(timesteps)) : null;
        }
    }

    @Override
    public Tensor predict(WindowFrames frames, List<ReferenceReading> references) {
        if (fixed != null) {
            return predict(frames, fixed, references);
        }
        try (TimeConditioning time = unet.embed(timesteps)) {
            return predict(frames, time, references);
        }
    }

    private Tensor predict(WindowFrames frames, TimeConditioning time, List<ReferenceReading> references) {
        try (Scope scope = new Scope()) {
            List<Tensor> predicted = new ArrayList<>();
            for (int sequence = 0; sequence < references.size(); sequence++) {
                predicted.add(unet.forward(frames.latents().select(0, sequence), time, references.get(sequence),
                        frames.motionTokens().select(0, sequence), frames.poseFeatures().select(0, sequence)).unsqueeze(0));
            }
            return scope.keep(Tensors.cat(0, predicted));
        }
    }

    @Override
    public void close() {
        Scope.release(timesteps);
        if (fixed != null) {
            fixed.close();
        }
    }
}
