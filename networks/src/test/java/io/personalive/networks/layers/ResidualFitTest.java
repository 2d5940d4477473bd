package io.personalive.networks.layers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ResidualFitTest {
    private static final int SIDE = 128;
    /** Half pictures: a bit more than four of the 128 pixels. */
    private static final float SHIFT = 0.07f;
    private Scope scope;

    @BeforeEach
    void open() {
        scope = new Scope();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void aCameraThatTurnsIsReadOffWhatIsBehindTheHead() {
        ResidualFlow found = fit(0, picture(0, 0), picture(SHIFT, SHIFT));

        assertEquals(-SHIFT, middle(found.rest(), 0), 0.1 * SHIFT);
        assertEquals(-SHIFT, middle(found.rest(), 1), 0.1 * SHIFT);
    }

    @Test
    void hairThatSwingsIsReadOffTheHeadsLayer() {
        ResidualFlow found = fit(1, picture(0, 0), picture(SHIFT, 0));
        Tensor moved = found.headAt(pose(), SIDE);

        assertEquals(-SHIFT, moved.select(2, 10).narrow(2, 40, 48).select(1, 0).mean().item_float(), 0.25 * SHIFT, "above the face");
        assertEquals(-0.1 * 0.34, moved.select(2, SIDE / 2).narrow(2, 52, 24).select(1, 0).mean().item_float(), 1e-3, "in the face, a tenth of a head unit at most");
    }

    @Test
    void aStillDriverMovesNothing() {
        Tensor noise = torch.randn(new long[] {1, 3, SIDE, SIDE}).mul(new Scalar(0.02));
        ResidualFlow found = fit(0, picture(0, 0), picture(0, 0).add(noise));

        assertTrue(found.rest().abs().max().item_double() < 0.05 * SHIFT, () -> "moved by " + found.rest().abs().max().item_double());
    }

    @Test
    void anotherSceneMovesNothingFar() {
        ResidualFlow found = fit(0, picture(0, 0), torch.randn(new long[] {1, 3, SIDE, SIDE}));

        assertTrue(found.rest().abs().max().item_double() <= 0.4, () -> "moved by " + found.rest().abs().max().item_double());
    }

    @Test
    void severalPicturesAtOnceGiveWhatEachGivesAlone() {
        Tensor first = Tensors.cat(0, picture(0, 0), picture(0.3f, 0.1f)), now = Tensors.cat(0, picture(SHIFT, 0), picture(0.3f, 0.1f - SHIFT));
        ResidualFlow both = fit(0, first, now), second = fit(0, first.narrow(0, 1, 1), now.narrow(0, 1, 1));

        assertEquals(0, both.rest().narrow(0, 1, 1).sub(second.rest()).abs().max().item_double(), 1e-4);
    }

    @Test
    void numbersGiveTheSameGrids() {
        ResidualFlow found = fit(0, picture(0, 0), picture(SHIFT, SHIFT));
        ResidualFlow again = ResidualFlow.of(found.numbers());

        assertEquals(ResidualFlow.NUMBERS, found.numbers().length);
        assertEquals(0, again.rest().sub(found.rest()).abs().max().item_double());
        assertEquals(0, again.head().sub(found.head()).abs().max().item_double());
        assertEquals(0, again.face().sub(found.face()).abs().max().item_double());
        assertTrue(assertThrows(IllegalArgumentException.class, () -> ResidualFlow.of(new float[7])).getMessage()
                .contains("7 numbers, expected 384"));
    }

    /** @param share of each pixel that belongs to the head */
    private static ResidualFlow fit(double share, Tensor first, Tensor now) {
        long batch = first.size(0);
        Tensor head = torch.full(new long[] {batch, 1, SIDE, SIDE}, new Scalar(share));
        PortraitLayers layers = new PortraitLayers(head, torch.ones(new long[] {batch, 1, SIDE, SIDE}),
                torch.zeros(new long[] {batch, 3, SIDE, SIDE}), first);
        HeadPose pose = poses(batch);
        Flow still = new Flow(Flow.cells(32).permute(2, 0, 1).unsqueeze(0).expand(batch, -1, -1, -1).contiguous());
        return new ResidualFit(first, layers, pose).fit(still, pose, now, ResidualFlow.none(batch));
    }

    private static HeadPose pose() {
        return poses(1);
    }

    private static HeadPose poses(long batch) {
        Tensor none = torch.zeros(new long[] {batch});
        return new HeadPose(none, none, none, torch.zeros(new long[] {batch, 2}), none.add(new Scalar(0.34)));
    }

    private static float middle(Tensor grid, int axis) {
        return grid.select(1, axis).narrow(1, 2, 4).narrow(2, 2, 4).mean().item_float();
    }

    /** Waves of several lengths. @return (1, 3, 128, 128), moved by so many half pictures */
    private static Tensor picture(float right, float down) {
        float[] values = new float[3 * SIDE * SIDE];
        for (int i = 0; i < values.length; i++) {
            double x = 2.0 * (i % SIDE) / SIDE - right, y = 2.0 * (i / SIDE % SIDE) / SIDE - down;
            int colour = i / SIDE / SIDE;
            values[i] = (float) (0.3 * Math.sin(7 * x + 2 * y + colour) + 0.3 * Math.sin(9 * y - 3 * x) + 0.2 * Math.sin(13 * x + 11 * y));
        }
        return Tensors.of(values, 1, 3, SIDE, SIDE);
    }
}
