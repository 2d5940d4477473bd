package io.personalive.networks.clip;

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

class ImageEncoderTest {
    @Test
    void miniGivesTheAuthorsToken() {
        assertTrue(error("mini", ImageEncoderConfig.mini(), Precision.FLOAT32) < 1e-5);
    }

    @Test
    void miniInBfloat16StaysNearTheAuthorsToken() {
        assertTrue(error("mini", ImageEncoderConfig.mini(), Precision.BFLOAT16) < 1.5 * 0.009);
    }

    @Test
    void officialGivesTheAuthorsToken() {
        assertTrue(error("personalive", ImageEncoderConfig.official(), Precision.FLOAT32) < 1e-4);
    }

    private static double error(String folder, ImageEncoderConfig config, Precision precision) {
        try (Scope scope = new Scope()) {
            Tensor pixels = Goldens.read(folder + "/image-encoder.input", "pixels");
            Tensor expected = Goldens.read(folder + "/image-encoder.output", "image_token");
            try (var encoder = Weights.build(new SyntheticTensors("image-encoder"), Device.CPU, precision.type(),
                    weights -> new ImageEncoder(weights, config))) {
                Tensor token = Scope.inference(() -> encoder.network().forward(Tensors.to(pixels, precision.type())));
                return Comparison.relativeError(token, expected);
            }
        }
    }
}
