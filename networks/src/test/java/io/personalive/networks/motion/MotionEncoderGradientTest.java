package io.personalive.networks.motion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Gradients;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MotionEncoderGradientTest {
    private static final List<String> SAMPLED = List.of("model.conv1.weight", "model.conv2.downsample.0.weight",
            "model.att_1.transformer_blocks.0.attention_blocks.0.to_q.weight", "model.att_1.proj_out.weight",
            "model.m0.b2_plus_1.conv3.weight", "model.att_3.pos_embed.proj.bias", "model.bn5.bias",
            "model.conv6.weight", "final_proj.weight");

    @Test
    void everyParameterLearns() {
        try (Scope scope = new Scope();
                var encoder = Weights.buildTrainable(new SyntheticTensors("motion-encoder"), Device.CPU,
                        MotionEncoder::new)) {
            Tensor face = random(3, 224, 224).unsqueeze(0);
            Tensor wanted = random(1, MotionEncoder.TOKENS, MotionEncoder.TOKEN_WIDTH);
            Supplier<Tensor> loss = () -> encoder.network().forward(face).mul(wanted).sum();

            Gradients.backward(encoder.parameters(), loss);

            for (String name : SAMPLED) {
                for (double step : new double[] {1e-1,3e-2,1e-2, 3e-3, 1e-3}) {
                double error = Gradients.slopeError(encoder.parameters().get(name), loss, step);
                System.out.println(name + " " + step + " " + error);
                }
            }
        }
    }

    private static Tensor random(long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        Random random = new Random(7);
        float[] values = new float[(int) count];
        for (int i = 0; i < values.length; i++) {
            values[i] = 2 * random.nextFloat() - 1;
        }
        return Tensors.of(values, shape);
    }
}
