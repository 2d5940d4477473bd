package io.personalive.networks.autoencoder;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.testing.Gradients;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class AutoencoderGradientTest {
    private static final List<String> SAMPLED = List.of("encoder.conv_in.weight",
            "encoder.down_blocks.1.resnets.0.conv_shortcut.weight", "encoder.down_blocks.2.downsamplers.0.conv.weight",
            "encoder.mid_block.attentions.0.to_q.weight", "quant_conv.weight", "post_quant_conv.bias",
            "decoder.mid_block.attentions.0.group_norm.weight", "decoder.up_blocks.0.upsamplers.0.conv.bias",
            "decoder.up_blocks.3.resnets.2.norm2.weight", "decoder.conv_out.weight");
    private static final List<String> TINY_SAMPLED = List.of("encoder.layers.0.weight", "encoder.layers.6.weight",
            "decoder.layers.0.bias", "decoder.layers.6.weight", "decoder.layers.18.weight");

    @Test
    void everyParameterLearns() {
        check(new SyntheticTensors("vae"), at -> new Autoencoder(at, AutoencoderTest.MINI), SAMPLED, 1e-3, 1e-2);
    }

    @Test
    void everyParameterOfTheTinyOneLearns() {
        // shorter steps, to pass few of the corners of ReLU
        check(new SyntheticTensors("tiny-autoencoder"), at -> new TinyAutoencoder(at, TinyAutoencoderConfig.OFFICIAL), TINY_SAMPLED, 1e-4, 5e-2);
    }

    private static <T extends ImageAutoencoder> void check(SyntheticTensors weights,
            Function<Weights, T> constructor, List<String> sampled, double step, double tolerance) {
        try (Scope scope = new Scope(); var loaded = Weights.buildTrainable(weights, Device.CPU, constructor)) {
            Tensor images = RandomTensors.of(1, 1, 3, 64, 64), wanted = RandomTensors.of(2, 1, 3, 64, 64);
            T network = loaded.network();
            Supplier<Tensor> loss = () -> network.decode(network.encode(images)).to(ScalarType.Double).mul(wanted).sum();

            Gradients.backward(loaded.parameters(), loss);

            for (String name : sampled) {
                double error = Gradients.slopeError(loaded.parameters().get(name), loss, step);
                assertTrue(error < tolerance, name + ": the slope differs from the gradient by a part of " + error);
            }
            double error = Gradients.elementError(loaded.parameters().get(sampled.get(0)), loss, step);
            assertTrue(error < tolerance, sampled.get(0) + ": one element's slope differs by a part of " + error);
        }
    }
}
