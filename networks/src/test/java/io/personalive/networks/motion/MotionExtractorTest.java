package io.personalive.networks.motion;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Goldens;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class MotionExtractorTest {
    private static final float DEGREES = 1e-3f;

    @Test
    void givesTheAuthorsHeadMotion() {
        try (Scope scope = new Scope();
                var extractor = Weights.build(new SyntheticTensors("motion-extractor2"), Device.CPU, ScalarType.Float,
                        at -> new MotionExtractor(at, MotionExtractorConfig.OFFICIAL))) {
            Tensor images = Goldens.read("personalive/motion-extractor.input", "images");

            Scope.withoutGradient(() -> {
                HeadMotion head = extractor.network().forward(images);
                assertClose("canonical", head.canonical());
                assertClose("translation", head.translation());
                assertClose("scale", head.scale());
                assertClose("posed", head.posed());
                assertAngles("pitch", head.pitch());
                assertAngles("yaw", head.yaw());
                assertAngles("roll", head.roll());
                return null;
            });
        }
    }

    @Test
    void computesInFloat32Only() {
        assertThrows(IllegalArgumentException.class, () -> Weights.build(new SyntheticTensors("motion-extractor2"),
                Device.CPU, ScalarType.BFloat16, at -> new MotionExtractor(at, MotionExtractorConfig.OFFICIAL)));
    }

    private static void assertClose(String name, Tensor actual) {
        double error = Comparison.relativeError(actual, expected(name));
        assertTrue(error < 1e-5, name + " differs by " + error);
    }

    private static void assertAngles(String name, Tensor actual) {
        assertArrayEquals(Tensors.floats(expected(name)), Tensors.floats(actual), DEGREES, name);
    }

    private static Tensor expected(String name) {
        return Goldens.read("personalive/motion-extractor.output", name);
    }
}
