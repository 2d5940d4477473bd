package io.personalive.training.evaluation;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.RandomTensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class PictureDistanceTest {
    @Test
    void equalPicturesAreAsNearAsCanBe() {
        try (Scope scope = new Scope()) {
            Tensor picture = RandomTensors.of(1, 2, 3, 12, 10).abs();

            assertArrayEquals(new float[] {0, 0}, Tensors.floats(PictureDistance.l1(picture, picture)));
            assertArrayEquals(new float[] {100, 100}, Tensors.floats(PictureDistance.psnr(picture, picture)), 1e-3f);
            assertArrayEquals(new float[] {1, 1}, Tensors.floats(PictureDistance.ssim(picture, picture)), 1e-5f);
        }
    }

    @Test
    void flatPicturesDifferByTheirBrightnessAlone() {
        try (Scope scope = new Scope()) {
            Tensor dark = Tensors.of(new float[3 * 64], 1, 3, 8, 8).add(new Scalar(0.4));
            Tensor bright = dark.add(new Scalar(0.1));

            assertEquals(0.1, PictureDistance.l1(dark, bright).item_double(), 1e-6);
            assertEquals(20, PictureDistance.psnr(dark, bright).item_double(), 1e-4);
            // (2 * 0.4 * 0.5 + 1e-4) / (0.16 + 0.25 + 1e-4)
            assertEquals(0.4001 / 0.4101, PictureDistance.ssim(dark, bright).item_double(), 1e-4);
        }
    }

    @Test
    void aPictureSmallerThanTheWindowIsRefused() {
        try (Scope scope = new Scope()) {
            Tensor small = RandomTensors.of(1, 1, 3, 6, 20);

            assertThrows(IllegalArgumentException.class, () -> PictureDistance.ssim(small, small));
        }
    }
}
