package io.personalive.networks.pose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Goldens;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class KeypointPictureTest {
    @Test
    void drawsTheAuthorsPictures() {
        try (Scope scope = new Scope()) {
            Tensor posed = Goldens.read("mini/keypoint-picture.input", "posed");
            Tensor expected = Goldens.read("mini/keypoint-picture.output", "pictures");

            Tensor pictures = KeypointPicture.draw(posed, 128, KeypointPictureConfig.OFFICIAL);

            assertArrayEquals(Tensors.shape(expected), Tensors.shape(pictures));
            assertArrayEquals(Tensors.floats(expected), Tensors.floats(pictures), 1e-6f);
        }
    }

    @Test
    void pointsFarOffThePictureLeaveItBlack() {
        try (Scope scope = new Scope()) {
            float[] far = new float[21 * 3];
            Arrays.fill(far, 1e30f);

            float[] picture = Tensors.floats(KeypointPicture.draw(Tensors.of(far, 1, 21, 3), 16, KeypointPictureConfig.OFFICIAL));

            assertArrayEquals(new float[3 * 16 * 16], picture);
        }
    }
}
