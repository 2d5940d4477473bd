package io.personalive.networks.motion;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Goldens;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MotionEncoderTest {
    @Test
    void givesTheAuthorsTokens() {
        try (Scope scope = new Scope()) {
            Tensor tokens = tokens(Precision.FLOAT32), expected = expected();

            assertTrue(Comparison.relativeError(tokens, expected) < 1e-5);
            for (int face = 1; face < 3; face++) {
                double error = Comparison.relativeError(difference(tokens, face), difference(expected, face));
                assertTrue(error < 1e-3, "faces 0 and " + face + " differ by " + error);
            }
        }
    }

    @Test
    void inBfloat16StaysNearTheAuthorsTokens() {
        try (Scope scope = new Scope()) {
            assertTrue(Comparison.relativeError(tokens(Precision.BFLOAT16), expected()) < 1.5 * 0.042);
        }
    }

    private static Tensor tokens(Precision precision) {
        Tensor faces = Tensors.to(Goldens.read("personalive/motion-encoder.input", "faces"), precision.type());
        try (var encoder = Weights.build(new SyntheticTensors("motion-encoder"), Device.CPU, precision.type(),
                at -> new MotionEncoder(at, MotionEncoderConfig.OFFICIAL))) {
            return Scope.inference(() -> encoder.network().forward(faces));
        }
    }

    private static Tensor expected() {
        return Goldens.read("personalive/motion-encoder.output", "motion_tokens");
    }

    private static Tensor difference(Tensor tokens, int face) {
        return tokens.select(0, face).sub(tokens.select(0, 0));
    }
}
