package io.personalive.networks.landmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class LandmarkNetworkTest {
    private static final LandmarkConfig SMALL =
            new LandmarkConfig(32, List.of(8, 16), 32, List.of(8, 16), 1, 8, 16, MeanFace.POINTS);

    private static FaceSimilarity turnedSquare() {
        return new FaceSimilarity(Tensors.of(new float[] {0.2f, -0.1f}, 1, 2), Tensors.of(new float[] {0.5f}, 1, 1),
                Tensors.of(new float[] {0.8f, 0.6f}, 1, 2));
    }

    @Test
    void readsLandmarksAndPoseOfEachPicture() {
        try (Weights.Loaded<LandmarkNetwork> loaded = Weights.build(new SyntheticTensors("test"), Device.CPU, ScalarType.Float,
                at -> new LandmarkNetwork(at, SMALL)); Scope scope = new Scope()) {
            Tensor pictures = RandomTensors.of(1, 2, 3, 64, 64);
            FaceReading reading = FaceReading.of(loaded.network(), pictures, loaded.network().find(pictures));

            assertArrayEquals(new long[] {2, MeanFace.POINTS, 2}, Tensors.shape(reading.points()));
            assertArrayEquals(new long[] {2, MeanFace.POINTS, 3}, Tensors.shape(reading.canonical()));
            assertArrayEquals(new long[] {2}, Tensors.shape(reading.pose().scale()));
        }
    }

    @Test
    void aPointOfASquareComesBackFromItsPicture() {
        try (Scope scope = new Scope()) {
            Tensor points = RandomTensors.of(1, 1, 5, 2);
            FaceSimilarity square = turnedSquare();

            assertEquals(0, Comparison.relativeError(square.toSquare(square.toPicture(points)), points), 1e-5);
            assertEquals(36.87, square.degrees().item_float(), 1e-2);
        }
    }

    @Test
    void whatIsCutOutLiesWhereItsPointsSay() {
        try (Scope scope = new Scope()) {
            // a picture whose red is x and whose green is y
            float[] ramp = new float[3 * 64 * 64];
            for (int i = 0; i < 64 * 64; i++) {
                ramp[i] = (2 * (i % 64) + 1f) / 64 - 1;
                ramp[64 * 64 + i] = (2 * (i / 64) + 1f) / 64 - 1;
            }
            Tensor cut = turnedSquare().cut(Tensors.of(ramp, 1, 3, 64, 64), 32);
            float[] corner = Tensors.floats(turnedSquare().toPicture(Tensors.of(new float[] {1f / 32 - 1, 1f / 32 - 1}, 1, 1, 2)));

            assertEquals(corner[0], cut.select(1, 0).select(1, 0).select(1, 0).item_float(), 1e-3);
            assertEquals(corner[1], cut.select(1, 1).select(1, 0).select(1, 0).item_float(), 1e-3);
        }
    }

    @Test
    void aPictureSizeThatCantBeHalvedIsNamed() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class,
                () -> new LandmarkConfig(30, List.of(8, 16), 32, List.of(8), 1, 8, 16, 129));

        assertTrue(refused.getMessage().contains("picture_size is 30, expected a multiple of 4"), refused.getMessage());
    }
}
