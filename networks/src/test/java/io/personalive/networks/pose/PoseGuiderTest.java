package io.personalive.networks.pose;

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

class PoseGuiderTest {
    @Test
    void miniGivesTheAuthorsFeatures() {
        assertTrue(error("mini", Precision.FLOAT32) < 1e-5);
    }

    @Test
    void miniInBfloat16StaysNearTheAuthorsFeatures() {
        assertTrue(error("mini", Precision.BFLOAT16) < 1.5 * 0.003);
    }

    @Test
    void officialGivesTheAuthorsFeatures() {
        assertTrue(error("personalive", Precision.FLOAT32) < 1e-5);
    }

    private static double error(String folder, Precision precision) {
        try (Scope scope = new Scope()) {
            Tensor pictures = Goldens.read(folder + "/pose-guider.input", "pictures");
            Tensor expected = Goldens.read(folder + "/pose-guider.output", "pose_features");
            try (var guider = Weights.build(new SyntheticTensors("pose-guider"), Device.CPU, precision.type(),
                    weights -> new PoseGuider(weights, PoseGuiderConfig.OFFICIAL, expected.size(1)))) {
                Tensor features = Scope.inference(
                        () -> guider.network().forward(Tensors.to(pictures, precision.type())));
                return Comparison.relativeError(features, expected);
            }
        }
    }
}
