package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.model.ModelConfig;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.model.NetworkName;
import io.personalive.animation.schedule.NoiseSchedule;
import io.personalive.animation.schedule.WindowShape;
import io.personalive.networks.unet.AppearanceBank;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Gradients;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.Weights;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class DenoisingWindowTest {
    private static final WindowShape SHAPE = new WindowShape(1, List.of(0, 333, 666));
    private static final ModelSource MICRO = ModelSource.parse("synthetic:micro");
    private static final ModelConfig CONFIG = MICRO.config();
    private static final Tensor TOKEN = RandomTensors.of(1, 1, 1, CONFIG.unet().imageTokenWidth());

    /** Sums to one number in float64, so that small differences are seen. */
    private static Tensor loss(Tensor latents) {
        Tensor weights = RandomTensors.of(9, Tensors.shape(latents));
        return latents.to(ScalarType.Double).mul(weights.to(ScalarType.Double)).sum();
    }

    @Test
    void gradientsGoThroughASingleStepToTheWeightsTheReferenceAndWhatEnters() {
        try (Scope scope = new Scope();
                Weights.Loaded<ReferenceUNet> reference = Weights.build(MICRO.open(NetworkName.REFERENCE_UNET),
                        Device.CPU, ScalarType.Float, at -> new ReferenceUNet(at, CONFIG.unet()));
                Weights.Loaded<DenoisingUNet> unet = Weights.buildTrainable(MICRO.open(NetworkName.DENOISING_UNET),
                        Device.CPU, at -> new DenoisingUNet(at, CONFIG.unet()));
                DenoisingWindow window = new DenoisingWindow(unet.network(), NoiseSchedule.OFFICIAL, SHAPE, Device.CPU, false);
                AppearanceBank bank = Scope.withoutGradient(() ->
                        reference.network().forward(RandomTensors.of(2, 1, 4, 8, 8), TOKEN))) {
            // the model's own predictions, without gradients, fill the window
            Scope.withoutGradient(() -> read(unet.network(), bank, reading -> window.push(frames(3, 3, false), reading)));
            WindowFrames entering = frames(4, 1, true);
            Supplier<Tensor> loss = () -> read(unet.network(), bank, reading -> {
                try (DenoisingWindow.Step step = window.step(entering, reading)) {
                    return loss(step.finished());
                }
            });

            loss.get().backward();

            for (Tensor each : List.of(unet.parameters().get("conv_out.weight"),
                    unet.parameters().get("down_blocks.0.resnets.0.conv1.weight"),
                    unet.parameters().get("down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_v.weight"),
                    entering.latents(), entering.motionTokens(), entering.poseFeatures())) {
                // the UNet rounds to float32: a hundredth of such a difference is rounding
                double error = Gradients.extrapolatedSlopeError(each, loss, 5e-3);
                assertTrue(error < 0.03, "the slope differs by " + error);
            }
            // what is held carries none: a second step's graph begins anew
            read(unet.network(), bank, reading -> window.push(entering, reading));
            loss.get().backward();
        }
    }

    /** A reading is made anew for each step, as in training: its projections are of weights that change. */
    private static Tensor read(DenoisingUNet unet, AppearanceBank bank, Function<ReferenceReading, Tensor> step) {
        try (ReferenceReading reading = unet.read(bank, TOKEN)) {
            return step.apply(reading);
        }
    }

    @Test
    void anEmptyWindowMustBeFilled() {
        try (Scope scope = new Scope(); DenoisingWindow window = identity()) {
            assertTrue(window.isEmpty());
            assertThrows(IllegalArgumentException.class, () -> window.push(frames(1, 1, false), null));
            assertTrue(window.isEmpty());
            assertEquals(1, window.push(frames(1, 3, false), null).size(1));
            assertFalse(window.isEmpty());
            assertEquals(1, window.push(frames(2, 1, false), null).size(1));
            assertThrows(IllegalArgumentException.class, () -> window.push(frames(2, 2, false), null));
        }
    }

    @Test
    void aStepChangesNothingUntilItIsTakenOver() {
        try (Scope scope = new Scope(); DenoisingWindow window = identity()) {
            window.push(frames(1, 3, false), null);
            float[] first;
            try (DenoisingWindow.Step step = window.step(frames(2, 1, false), null)) {
                first = Tensors.floats(step.finished());
            }
            assertArrayEquals(first, Tensors.floats(window.push(frames(2, 1, false), null)));
            assertFalse(Arrays.equals(first, Tensors.floats(window.push(frames(2, 1, false), null))));
        }
    }

    /** Predicts what it is given. */
    private static DenoisingWindow identity() {
        return new DenoisingWindow((frames, references) -> frames.latents(), NoiseSchedule.OFFICIAL, SHAPE, Device.CPU);
    }

    private static WindowFrames frames(long seed, int count, boolean gradients) {
        return new WindowFrames(RandomTensors.of(seed, 1, count, 4, 8, 8).set_requires_grad(gradients),
                RandomTensors.of(seed + 1, 1, count, 32, 16).set_requires_grad(gradients),
                RandomTensors.of(seed + 2, 1, count, CONFIG.unet().channels().get(0), 8, 8).set_requires_grad(gradients));
    }
}
