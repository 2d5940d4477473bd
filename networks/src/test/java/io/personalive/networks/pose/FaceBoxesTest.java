package io.personalive.networks.pose;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Goldens;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FaceBoxesTest {
    @ParameterizedTest
    @ValueSource(strings = {"mini", "personalive"})
    void findsTheAuthorsBoxes(String folder) {
        try (Scope scope = new Scope()) {
            Tensor posed = Goldens.read(folder + "/face-boxes.input", "posed");
            int size = (int) Goldens.read(folder + "/face-boxes.input", "size", ScalarType.Long).item_long();
            Tensor expected = Goldens.read(folder + "/face-boxes.output", "boxes", ScalarType.Long);

            Tensor boxes = FaceBoxes.toTensor(FaceBoxes.of(posed, size, KeypointPictureConfig.OFFICIAL.keypoints()));

            assertArrayEquals(Tensors.longs(expected), Tensors.longs(boxes));
            assertEquals(FaceBoxes.of(posed, size, KeypointPictureConfig.OFFICIAL.keypoints()), FaceBoxes.fromTensor(boxes));
        }
    }

    @Test
    void pointsOnOneLineGiveAnEmptyBox() {
        try (Scope scope = new Scope()) {
            List<FaceBox> boxes = FaceBoxes.of(Tensors.zeros(ScalarType.Float, 1, 21, 3), 512, KeypointPictureConfig.OFFICIAL.keypoints());

            assertEquals(List.of(new FaceBox(256, 256, 256, 256)), boxes);
            assertTrue(boxes.get(0).isEmpty());
        }
    }
}
