package io.personalive.networks.motion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.testing.Gradients;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MotionEncoderGradientTest {
    private static final List<String> SAMPLED = List.of("model.conv1.weight", "model.conv2.downsample.0.weight",
            "model.att_1.transformer_blocks.0.attention_blocks.0.to_q.weight", "model.m0.b2_plus_1.conv3.weight",
            "final_proj.weight");
    /** Far enough for float32 to see a difference, near enough to pass few of the corners of ReLU. */
    private static final double STEP = 3e-4;

    @Test
    void everyParameterLearns() {
        try (Scope scope = new Scope();
                var encoder = Weights.buildTrainable(new SyntheticTensors("motion-encoder"), Device.CPU,
                        at -> new MotionEncoder(at, MotionEncoderConfig.OFFICIAL))) {
            Tensor face = RandomTensors.of(7, 1, 3, 224, 224);
            Tensor wanted = RandomTensors.of(7, 1, MotionEncoderConfig.OFFICIAL.tokens(),
                    MotionEncoderConfig.OFFICIAL.tokenWidth());
            Supplier<Tensor> loss = () -> encoder.network().forward(face).mul(wanted).sum();

            Gradients.backward(encoder.parameters(), loss);

            for (String name : SAMPLED) {
                double error = Gradients.slopeError(encoder.parameters().get(name), loss, STEP);
                assertTrue(error < 0.05, name + ": the slope differs from the gradient by a part of " + error);
            }
        }
    }
}
