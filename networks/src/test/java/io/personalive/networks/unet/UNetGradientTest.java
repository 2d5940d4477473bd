package io.personalive.networks.unet;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Gradients;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Both UNets together: the reference UNet learns through the bank that the denoising UNet reads. */
class UNetGradientTest {
    private static final String MODULE = ".temporal_transformer.transformer_blocks.0.";
    private static final List<String> SAMPLED = List.of(
            "denoising.conv_in.weight", "denoising.time_embedding.linear_1.weight",
            "denoising.down_blocks.0.attentions.0.transformer_blocks.0.attn1.to_k.weight",
            "denoising.down_blocks.1.attentions.1.transformer_blocks.0.attn2.to_v.weight",
            "denoising.down_blocks.3.motion_modules.1" + MODULE + "attention_blocks.0.to_v.weight",
            "denoising.mid_block.motion_modules.0" + MODULE + "attention_blocks.1.to_q.weight",
            "denoising.up_blocks.1.temporal_modules.2" + MODULE + "attention_blocks.0.to_q.weight",
            "denoising.up_blocks.2.temporal_modules.0" + MODULE + "ff.net.0.proj.weight",
            "denoising.up_blocks.3.resnets.2.conv_shortcut.weight", "denoising.conv_norm_out.weight",
            "denoising.conv_out.bias",
            "reference.conv_in.weight", "reference.time_embedding.linear_2.weight",
            "reference.down_blocks.2.attentions.0.transformer_blocks.0.attn1.to_q.weight",
            "reference.mid_block.attentions.0.proj_out.weight",
            "reference.up_blocks.3.attentions.2.transformer_blocks.0.norm1.weight");
    private static final List<String> ELEMENTS = List.of("denoising.conv_in.weight",
            "denoising.up_blocks.2.temporal_modules.0" + MODULE + "ff.net.0.proj.weight", "reference.conv_in.weight");
    /** Of a tensor's size; the nets are smooth, so what is left is the curve's third order and float32. */
    private static final double STEP = 1e-3;
    /** A single element counts for less, so it must move farther to be seen. */
    private static final double ELEMENT_STEP = 1e-2;

    @Test
    void everyParameterLearns() {
        try (Scope scope = new Scope();
                Pair pair = new Pair(new SyntheticTensors("denoising-unet"), new SyntheticTensors("reference-unet"))) {
            Supplier<Tensor> loss = pair.loss(16);
            Map<String, Tensor> parameters = pair.parameters();

            Gradients.backward(parameters, loss);

            for (String name : SAMPLED) {
                double error = Gradients.slopeError(parameters.get(name), loss, STEP);
                assertTrue(error < 1e-2, name + ": the slope differs from the gradient by a part of " + error);
            }
            for (String name : ELEMENTS) {
                double error = Gradients.elementError(parameters.get(name), loss, ELEMENT_STEP);
                assertTrue(error < 1e-2, name + ": one element's slope differs by a part of " + error);
            }
        }
    }

    @Test
    void everyFreshParameterLearns() {
        try (Scope scope = new Scope();
                Pair pair = new Pair(new FreshTensors(1, name -> false), new FreshTensors(2, name -> false))) {
            Gradients.backward(pair.parameters(), pair.loss(8));
        }
    }

    @Test
    void whatIsComputedInPlaceIsTheSame() {
        // 24x24 pixels are many enough for attention to go frame by frame while no gradients are recorded
        try (Scope scope = new Scope();
                Pair pair = new Pair(new SyntheticTensors("denoising-unet"), new SyntheticTensors("reference-unet"))) {
            Supplier<Tensor> noise = pair.noise(24);

            assertTrue(Comparison.relativeError(Scope.inference(noise), noise.get()) < 1e-5);
        }
    }

    /** Both networks with gradients. */
    private static final class Pair implements AutoCloseable {
        private static final UNetConfig CONFIG = UNetGoldenTest.MINI;
        private final Weights.Loaded<DenoisingUNet> denoising;
        private final Weights.Loaded<ReferenceUNet> reference;

        Pair(TensorSource denoisingWeights, TensorSource referenceWeights) {
            denoising = Weights.buildTrainable(denoisingWeights, Device.CPU, at -> new DenoisingUNet(at, CONFIG));
            reference = Weights.buildTrainable(referenceWeights, Device.CPU, at -> new ReferenceUNet(at, CONFIG));
        }

        Map<String, Tensor> parameters() {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            denoising.parameters().forEach((name, parameter) -> parameters.put("denoising." + name, parameter));
            reference.parameters().forEach((name, parameter) -> parameters.put("reference." + name, parameter));
            return parameters;
        }

        Supplier<Tensor> loss(int side) {
            Supplier<Tensor> noise = noise(side);
            Tensor wanted = RandomTensors.of(6, 1, 4, 4, side, side);
            return () -> noise.get().to(ScalarType.Double).mul(wanted).sum();
        }

        /** A window of four frames, one at each noise level. */
        Supplier<Tensor> noise(int side) {
            Tensor portrait = RandomTensors.of(1, 1, 4, side, side);
            Tensor imageToken = RandomTensors.of(2, 1, 1, CONFIG.imageTokenWidth());
            Tensor latents = RandomTensors.of(3, 1, 4, 4, side, side);
            Tensor motion = RandomTensors.of(4, 1, 4, 32, CONFIG.motionTokenWidth());
            Tensor pose = RandomTensors.of(5, 1, 4, CONFIG.channels().get(0), side, side);
            Tensor timesteps = Tensors.of(new long[] {0, 333, 666, 999}, 4);
            return () -> {
                DenoisingUNet network = denoising.network();
                try (AppearanceBank bank = reference.network().forward(portrait, imageToken);
                        ReferenceReading reading = network.read(bank, imageToken);
                        TimeConditioning time = network.embed(timesteps)) {
                    return network.forward(latents, time, reading, motion, pose);
                }
            };
        }

        @Override
        public void close() {
            denoising.close();
            reference.close();
        }
    }
}
