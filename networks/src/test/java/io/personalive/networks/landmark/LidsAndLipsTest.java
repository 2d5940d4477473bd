package io.personalive.networks.landmark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Tensors;
import org.junit.jupiter.api.Test;

class LidsAndLipsTest {
    private static final int RIGHT_UPPER_LID = 14, RIGHT_LOWER_LID = 22, UPPER_LIP = 87, LOWER_LIP = 97;
    private final float[] rest = Tensors.floats(MeanFace.points());

    @Test
    void aFaceAtRestHasEyesAsOpenAsAtRest() {
        float[] openings = LidsAndLips.openings(rest, rest);

        assertEquals(1, openings[0], 1e-6);
        assertEquals(1, openings[1], 1e-6);
    }

    @Test
    void shutEyesOfADriverShutThePortraits() {
        float[] face = rest.clone();
        LidsAndLips.set(face, rest, new float[] {0.2f, 1, 0});

        assertEquals(gap(face, RIGHT_UPPER_LID, RIGHT_LOWER_LID), 0, 1e-6);
        assertTrue(gap(face, 30, 38) > 0.05);
    }

    @Test
    void aDriverWhoBeginsWithShutEyesOpensThePortraitsNoWiderThanEyesGo() {
        float[] shut = rest.clone();
        LidsAndLips.set(shut, rest, new float[] {0, 0, 0});
        float[] opened = LidsAndLips.openings(rest, shut);
        float[] face = rest.clone();
        LidsAndLips.set(face, rest, opened);

        double wide = gap(face, RIGHT_UPPER_LID, RIGHT_LOWER_LID) / gap(rest, RIGHT_UPPER_LID, RIGHT_LOWER_LID);
        assertTrue(wide >= 1 && wide <= 1.4001, "opened to " + wide);
    }

    @Test
    void theMouthOpensAsFarAsTheDriversWhateverThePortraitsDid() {
        float[] face = rest.clone();
        LidsAndLips.set(face, rest, new float[] {1, 1, 0.3f});
        assertEquals(0.3f, LidsAndLips.openings(face, rest)[2], 1e-5);
        LidsAndLips.set(face, rest, new float[] {1, 1, 0});
        assertEquals(0, gap(face, UPPER_LIP, LOWER_LIP), 1e-5);
    }

    @Test
    void whatStaysAsItWasIsNotTouched() {
        float[] face = rest.clone();
        LidsAndLips.set(face, rest, LidsAndLips.openings(rest, rest));

        assertArrayEquals(rest, face, 0.02f); // the gap between closed lips takes another profile
    }

    private static double gap(float[] face, int upper, int lower) {
        return face[3 * lower + 1] - face[3 * upper + 1];
    }
}
