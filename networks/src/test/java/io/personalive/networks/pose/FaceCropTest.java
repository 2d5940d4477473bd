package io.personalive.networks.pose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Goldens;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class FaceCropTest {
    @Test
    void cutsTheAuthorsFaces() {
        try (Scope scope = new Scope()) {
            Tensor image = Goldens.read("mini/face-crop.input", "image");
            Tensor boxes = Goldens.read("mini/face-crop.input", "boxes", ScalarType.Long);
            Tensor expected = Goldens.read("mini/face-crop.output", "faces");

            assertTrue(Comparison.relativeError(FaceCrop.cut(image, FaceBoxes.fromTensor(boxes), 224), expected) < 1e-6);
        }
    }

    @Test
    void cutsEachFrameByItsOwnBox() {
        try (Scope scope = new Scope()) {
            Tensor frames = Tensors.cat(0, Tensors.zeros(ScalarType.Float, 1, 3, 8, 8),
                    Tensors.zeros(ScalarType.Float, 1, 3, 8, 8));
            frames.select(0, 1).narrow(1, 2, 4).narrow(2, 1, 3).add_(Tensors.of(new float[] {1}, 1));

            Tensor faces = FaceCrop.cutEach(frames, List.of(new FaceBox(0, 0, 7, 7), new FaceBox(1, 2, 4, 6)), 224);

            assertArrayEquals(new long[] {2, 3, 224, 224}, Tensors.shape(faces));
            assertEquals(0, faces.select(0, 0).max().item_float());
            assertEquals(1, faces.select(0, 1).min().item_float());
        }
    }

    @Test
    void refusesAnEmptyBox() {
        try (Scope scope = new Scope()) {
            Tensor image = Tensors.zeros(ScalarType.Float, 3, 8, 8);

            assertThrows(IllegalArgumentException.class, () -> FaceCrop.cut(image, List.of(new FaceBox(4, 2, 4, 6)), 224));
        }
    }
}
