package io.personalive.networks.paint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.RandomTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class PicturePartTest {
    private static final int PICTURE = 128;

    /** @param size half pictures a head unit */
    private static float[] face(double size, double x) {
        try (Scope scope = new Scope()) {
            float[] points = Tensors.floats(MeanFace.points()), face = new float[2 * MeanFace.POINTS];
            for (int i = 0; i < MeanFace.POINTS; i++) {
                face[2 * i] = (float) (points[3 * i] * size + x);
                face[2 * i + 1] = (float) (points[3 * i + 1] * size);
            }
            return face;
        }
    }

    @Test
    void theFacesPartHoldsItAndLiesInThePicture() {
        float[] face = face(0.35, 0.3);
        PicturePart part = PicturePart.ofFace(face, 1.3, PICTURE);

        assertEquals(0, part.side() % 16);
        assertEquals(0, part.row() % 4 + part.column() % 4);
        assertTrue(part.column() + part.side() <= PICTURE);
        for (long point : MeanFace.group("lips_outer")) {
            double x = (face[2 * (int) point] + 1) * PICTURE / 2, y = (face[2 * (int) point + 1] + 1) * PICTURE / 2;
            assertTrue(x > part.column() && x < part.column() + part.side(), "x " + x + " in " + part);
            assertTrue(y > part.row() && y < part.row() + part.side(), "y " + y + " in " + part);
        }
        assertEquals(new PicturePart(0, 0, PICTURE), PicturePart.ofFace(face(3, 0), 1.3, PICTURE), "a face larger than the picture");
        assertTrue(PicturePart.ofFace(face(0.35, 5), 1.3, PICTURE).side() > 0, "a face that left the picture");
    }

    @Test
    void placesInThePartLeadToTheSamePixels() {
        try (Scope scope = new Scope()) {
            Tensor picture = RandomTensors.of(3, 1, 3, PICTURE, PICTURE);
            PicturePart part = new PicturePart(24, 40, 64), inner = new PicturePart(40, 56, 16);
            Tensor identity = Flow.between(RandomTensors.of(4, 1, 5, 2), RandomTensors.of(4, 1, 5, 2), PICTURE, null).places();
            Tensor places = part.within(inner.of(identity, 1), PICTURE);

            assertEquals(0, Comparison.relativeError(Paint.sample(part.of(picture, 1), places), inner.of(picture, 1)), 1e-4);
        }
    }

    @Test
    void whatIsPutIntoAPictureEndsSoftly() {
        try (Scope scope = new Scope()) {
            Tensor picture = torch.zeros(1, 1, PICTURE, PICTURE);
            new PicturePart(32, 16, 48).put(torch.ones(1, 1, 48, 48), picture);

            assertEquals(1, picture.select(3, 40).select(2, 56).item_float(), 1e-6);
            assertEquals(0, picture.select(3, 15).abs().max().item_float());
            assertTrue(picture.select(3, 16).max().item_float() < 0.1);
        }
    }
}
