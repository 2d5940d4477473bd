package io.personalive.animation.stream;

import io.personalive.animation.schedule.WindowShape;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.networks.unet.TimeConditioning;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
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
        if (references.size() == 1) {
            return predict(frames, time, references.get(0));
        }
        try (ReferenceReading batch = ReferenceReading.batch(references)) {
            return predict(frames, time, batch);
        }
    }

    private Tensor predict(WindowFrames frames, TimeConditioning time, ReferenceReading reference) {
        return unet.forward(frames.latents(), time, reference, frames.motionTokens(), frames.poseFeatures());
    }

    @Override
    public void close() {
        Scope.release(timesteps);
        if (fixed != null) {
            fixed.close();
        }
    }
}
