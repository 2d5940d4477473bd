package io.personalive.networks.warp;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class SlitFlowTest {
    private static final int SIDE = 128, UPPER_LID = 14, LOWER_LID = 22, UPPER_LIP = 87, LOWER_LIP = 97, CHIN = 120;

    @Test
    void aFaceThatStaysKeepsItsFlow() {
        try (Scope scope = new Scope()) {
            Tensor face = landmarks(open(0.1f, 0.2f));
            Flow still = identity();

            assertEquals(0, Comparison.relativeError(SlitFlow.torn(still, face, face, SIDE).places(), still.places()), 1e-4);
        }
    }

    @Test
    void aShutEyeShowsTheSkinAboveItAndBelowIt() {
        try (Scope scope = new Scope()) {
            float[] portrait = open(0.1f, 0), wanted = open(0, 0);
            Tensor places = SlitFlow.torn(identity(), landmarks(portrait), landmarks(wanted), SIDE).places();
            float x = wanted[2 * UPPER_LID], y = wanted[2 * UPPER_LID + 1], pixel = 2f / SIDE;

            assertEquals(portrait[2 * UPPER_LID + 1], across(places, x, y - pixel), 1.5 * pixel, "just above the line: the upper lid");
            assertEquals(portrait[2 * LOWER_LID + 1], across(places, x, y + pixel), 1.5 * pixel, "just below: the lower lid");
        }
    }

    @Test
    void betweenTheLipsOfAnOpenedMouthLiesWhatLayBetweenShutOnes() {
        try (Scope scope = new Scope()) {
            float[] portrait = open(0.1f, 0), wanted = open(0.1f, 0.3f);
            Tensor places = SlitFlow.torn(identity(), landmarks(portrait), landmarks(wanted), SIDE).places();
            float x = wanted[2 * UPPER_LIP], top = wanted[2 * UPPER_LIP + 1], bottom = wanted[2 * LOWER_LIP + 1];

            for (float part = 0.2f; part < 0.9f; part += 0.2f) {
                assertEquals(portrait[2 * UPPER_LIP + 1], across(places, x, top + part * (bottom - top)), 0.01);
            }
        }
    }

    @Test
    void farFromOpeningsNothingChanges() {
        try (Scope scope = new Scope()) {
            float[] portrait = open(0.1f, 0), wanted = open(0, 0);
            Tensor places = SlitFlow.torn(identity(), landmarks(portrait), landmarks(wanted), SIDE).places();

            assertEquals(wanted[2 * CHIN + 1], across(places, wanted[2 * CHIN], wanted[2 * CHIN + 1]), 2f / SIDE);
            assertEquals(-0.9f, across(places, 0, -0.9f), 2f / SIDE);
        }
    }

    @Test
    void facesOfABatchAreTornEachByItself() {
        try (Scope scope = new Scope()) {
            Tensor portrait = landmarks(open(0.1f, 0)), shut = landmarks(open(0, 0)), speaking = landmarks(open(0.1f, 0.3f));
            Flow two = new Flow(Tensors.cat(0, identity().places(), identity().places()));
            Tensor both = SlitFlow.torn(two, Tensors.cat(0, portrait, portrait), Tensors.cat(0, shut, speaking), SIDE).places();

            assertArrayEquals(new long[] {2, 2, SIDE, SIDE}, Tensors.shape(both));
            assertEquals(0, Comparison.relativeError(both.narrow(0, 0, 1), SlitFlow.torn(identity(), portrait, shut, SIDE).places()), 1e-7);
            assertEquals(0, Comparison.relativeError(both.narrow(0, 1, 1), SlitFlow.torn(identity(), portrait, speaking, SIDE).places()), 1e-7);
        }
    }

    /** The mean face with eyes and mouth open by so much, in half pictures. */
    private static float[] open(float eyes, float mouth) {
        try (Scope scope = new Scope()) {
            float[] mean = Tensors.floats(MeanFace.points()), face = new float[2 * MeanFace.POINTS];
            for (int i = 0; i < MeanFace.POINTS; i++) {
                face[2 * i] = 0.6f * mean[3 * i];
                face[2 * i + 1] = 0.6f * mean[3 * i + 1];
            }
            open(face, 10, 16, eyes);
            open(face, 26, 16, eyes);
            open(face, 82, 20, mouth);
            return face;
        }
    }

    /** The upper edge stays where it is between level corners, the lower one lies below it. */
    private static void open(float[] face, int first, int count, float by) {
        for (int i = 1; i < count / 2; i++) {
            int upper = 2 * (first + i), lower = 2 * (first + count - i);
            face[lower] = face[upper];
            face[lower + 1] = face[upper + 1] + by;
        }
    }

    private static Tensor landmarks(float[] face) {
        return Tensors.of(face, 1, MeanFace.POINTS, 2);
    }

    private static Flow identity() {
        float[] places = new float[2 * SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            places[i] = (2 * (i % SIDE) + 1f) / SIDE - 1;
            places[SIDE * SIDE + i] = (2 * (i / SIDE) + 1f) / SIDE - 1;
        }
        return new Flow(Tensors.of(places, 1, 2, SIDE, SIDE));
    }

    /** Where a place of the result comes from, vertically. */
    private static float across(Tensor places, float x, float y) {
        long column = (long) ((x + 1) * SIDE / 2), row = (long) ((y + 1) * SIDE / 2);
        return places.select(0, 0).select(0, 1).select(0, row).select(0, column).item_float();
    }
}
