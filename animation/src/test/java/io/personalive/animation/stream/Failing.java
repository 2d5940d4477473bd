package io.personalive.animation.stream;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.portrait.Portrait;
import io.personalive.animation.schedule.NoiseSchedule;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.networks.unet.ReferenceReading;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A denoising UNet that fails when asked to. */
final class Failing implements Denoiser {
    private final WindowUNet unet;
    boolean fails;

    private Failing(WindowUNet unet) {
        this.unet = unet;
    }

    /** @return a stream, and the UNet inside it */
    static AnimationStream stream(AnimationModel model, Portrait portrait, WindowShape shape, StreamOptions options, Failing[] inside) {
        inside[0] = new Failing(new WindowUNet(model.networks().denoisingUNet(), shape, model.networks().device(), true));
        return new AnimationStream(model.networks(), portrait, options,
                new DenoisingWindow(inside[0], NoiseSchedule.OFFICIAL, shape, model.networks().device()));
    }

    @Override
    public Tensor predict(WindowFrames frames, List<ReferenceReading> references) {
        if (fails) {
            throw new IllegalStateException("the UNet fails");
        }
        return unet.predict(frames, references);
    }

    @Override
    public void close() {
        unet.close();
    }
}
