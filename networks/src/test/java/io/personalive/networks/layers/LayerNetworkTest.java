package io.personalive.networks.layers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.paint.FaceRegions;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Gradients;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class LayerNetworkTest {
    private static final LayerConfig CONFIG = new LayerConfig(List.of(4, 6, 8));
    private static final int SIDE = 32;
    /** The head is moved by so many pixels to the right. */
    private static final int MOVED = 4;
    private static final ResidualFlow STILL = ResidualFlow.none(1);

    @Test
    void untrainedTheFaceIsTheHead() {
        try (Scope scope = new Scope();
                var loaded = Weights.build(new FreshTensors(1, LayerNetwork::beginsAtZero), Device.CPU, ScalarType.Float,
                        at -> new LayerNetwork(at, CONFIG))) {
            Tensor regions = torch.zeros(1, FaceRegions.CHANNELS, SIDE / 2, SIDE / 2);
            regions.narrow(1, FaceRegions.OVAL, 1).narrow(2, 6, 4).narrow(3, 6, 4).fill_(new Scalar(1));
            PortraitLayers layers = loaded.network().forward(portrait(), regions);

            assertTrue(layers.head().narrow(2, 15, 2).narrow(3, 15, 2).min().item_float() > 0.95);
            assertTrue(layers.head().narrow(2, 0, 2).max().item_float() < 0.1);
            assertTrue(layers.follow().min().item_float() > 0.8);
            assertEquals(0, layers.body().abs().max().item_float());
        }
    }

    @Test
    void aPortraitCanBePartedInAnotherSize() {
        try (Scope scope = new Scope();
                var loaded = Weights.build(new SyntheticTensors("layers"), Device.CPU, ScalarType.Float, at -> new LayerNetwork(at, CONFIG))) {
            Tensor small = torch.avg_pool2d(portrait(), 2, 2);
            PortraitLayers layers = loaded.network().forward(portrait(), regions(), small);

            assertArrayEquals(new long[] {1, 1, SIDE / 2, SIDE / 2}, Tensors.shape(layers.head()));
            assertArrayEquals(new long[] {1, 3, SIDE / 2, SIDE / 2}, Tensors.shape(layers.behind()));
        }
    }

    @Test
    void theHeadMovesAndTheRestStandsStill() {
        try (Scope scope = new Scope()) {
            Tensor portrait = portrait(), head = middle();
            PortraitLayers layers = PortraitLayers.of(portrait, head, ones(), none());
            Flow flow = layers.followed(moved(), STILL, pose(MOVED));
            Tensor made = layers.over(flow.sample(portrait), flow, pose(0), pose(MOVED), STILL);

            assertNear(portrait.narrow(3, 12, 8).narrow(2, 12, 8), made.narrow(3, 12 + MOVED, 8).narrow(2, 12, 8), "the head");
            assertNear(portrait.narrow(3, 0, 7), made.narrow(3, 0, 7), "what is left of it");
            assertNear(portrait.narrow(3, 29, 3), made.narrow(3, 29, 3), "what is right of it");
        }
    }

    @Test
    void withoutMotionThePortraitStays() {
        try (Scope scope = new Scope()) {
            Tensor portrait = portrait();
            Flow still = new Flow(Flow.cells(SIDE).permute(2, 0, 1).unsqueeze(0).contiguous());
            PortraitLayers layers = PortraitLayers.of(portrait, middle(), ones(), none().add(new Scalar(0.5)));
            Flow flow = layers.followed(still, STILL, pose(0));

            assertNear(portrait, layers.over(flow.sample(portrait), flow, pose(0), pose(0), STILL), "all of it");
        }
    }

    @Test
    void whatDoesNotFollowStaysThoughItBelongsToTheHead() {
        try (Scope scope = new Scope()) {
            Tensor portrait = portrait();
            PortraitLayers layers = PortraitLayers.of(portrait, ones(), ones().mul(new Scalar(0)), none());
            Flow flow = layers.followed(moved(), STILL, pose(MOVED));

            assertNear(portrait, layers.over(flow.sample(portrait), flow, pose(0), pose(MOVED), STILL), "all of it");
        }
    }

    @Test
    void theBodyIsDrawnAlongAsFarAsItFollows() {
        try (Scope scope = new Scope()) {
            Tensor portrait = portrait();
            PortraitLayers layers = PortraitLayers.of(portrait, ones().mul(new Scalar(0)), ones(), none().add(new Scalar(0.5)));
            Tensor made = layers.over(portrait, moved(), pose(0), pose(MOVED), STILL);

            assertNear(portrait.narrow(3, 0, SIDE - MOVED / 2), made.narrow(3, MOVED / 2, SIDE - MOVED / 2), "half of the way");
        }
    }

    @Test
    void theHeadsPlaceIsFilledFromAround() {
        try (Scope scope = new Scope()) {
            Tensor wall = ones().expand(-1, 3, -1, -1).mul(new Scalar(0.25)), head = middle();
            Tensor portrait = wall.add(head.mul(new Scalar(0.5)));
            PortraitLayers layers = PortraitLayers.of(portrait, head, ones(), none());

            assertTrue(layers.behind().sub(wall).abs().max().item_float() < 1e-3, "nothing of the head shows behind it");
        }
    }

    @Test
    void everyParameterIsTrained() {
        try (Scope scope = new Scope();
                var trained = Weights.buildTrainable(new SyntheticTensors("layers"), Device.CPU, at -> new LayerNetwork(at, CONFIG))) {
            Tensor portrait = portrait();
            Gradients.backward(trained.parameters(), () -> {
                PortraitLayers layers = trained.network().forward(portrait, regions());
                Flow flow = layers.followed(moved(), STILL, pose(MOVED));
                return layers.over(flow.sample(portrait), flow, pose(0), pose(MOVED), STILL).square().mean();
            });
        }
    }

    @Test
    void widthsThatCannotBeAreRefused() {
        String message = assertThrows(IllegalArgumentException.class, () -> new LayerConfig(List.of(4, 0, 8))).getMessage();
        assertTrue(message.contains("widths is [4, 0, 8], expected 3 or more positive whole numbers"), message);
    }

    private static void assertNear(Tensor expected, Tensor found, String what) {
        assertEquals(0, Comparison.relativeError(found, expected), 1e-4, what);
    }

    private static Tensor portrait() {
        return RandomTensors.of(7, 1, 3, SIDE, SIDE).tanh();
    }

    private static Tensor regions() {
        return RandomTensors.of(8, 1, FaceRegions.CHANNELS, SIDE / 2, SIDE / 2);
    }

    private static Tensor ones() {
        return torch.ones(1, 1, SIDE, SIDE);
    }

    private static Tensor none() {
        return torch.zeros(1, 3, SIDE, SIDE);
    }

    /** @return a square head of half the side */
    private static Tensor middle() {
        Tensor head = torch.zeros(1, 1, SIDE, SIDE);
        head.narrow(2, SIDE / 4, SIDE / 2).narrow(3, SIDE / 4, SIDE / 2).fill_(new Scalar(1));
        return head;
    }

    private static Flow moved() {
        Tensor still = Flow.cells(SIDE).permute(2, 0, 1).unsqueeze(0);
        return new Flow(still.sub(Tensors.of(new float[] {2f * MOVED / SIDE, 0}, 1, 2, 1, 1)));
    }

    private static HeadPose pose(int right) {
        Tensor zero = Tensors.of(new float[1], 1);
        return new HeadPose(zero, zero, zero, Tensors.of(new float[] {2f * right / SIDE, 0}, 1, 2), Tensors.of(new float[] {0.5f}, 1));
    }
}
