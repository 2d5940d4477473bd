package io.personalive.networks.paint;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.networks.warp.JacobianLimit;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.layers.Upsample;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Gradients;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.SafetensorsWriter;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PaintNetworkTest {
    private static final PaintConfig CONFIG = new PaintConfig(4, 8, 12, 16, 8);
    private static final int SIDE = 64;

    @TempDir
    Path folder;

    @Test
    void untrainedItLeavesTheMovedPortraitAsItIs() {
        try (Scope scope = new Scope()) {
            Flow flow = flow(20);
            Tensor portrait = portrait();
            Tensor painted = with(untrained(), network -> network.forward(reference(network, portrait), wanted(flow, regions(20), motion(20))));

            assertEquals(0, Comparison.relativeError(painted, flow.sample(portrait)), 1e-6);
        }
    }

    @Test
    void trainedItChangesThePicture() {
        try (Scope scope = new Scope()) {
            Tensor portrait = portrait();
            Tensor painted = with(new SyntheticTensors("paint"),
                    network -> network.forward(reference(network, portrait), wanted(flow(20), regions(20), motion(20))));

            assertArrayEquals(new long[] {1, 3, SIDE, SIDE}, Tensors.shape(painted));
            assertTrue(Comparison.relativeError(painted, flow(20).sample(portrait)) > 1e-3);
            assertTrue(painted.abs().max().item_float() <= 1);
        }
    }

    @Test
    void aPartOfAPictureIsPaintedAlone() {
        try (Scope scope = new Scope()) {
            Tensor portrait = portrait();
            Tensor places = Upsample.bilinear(flow(20).places(), SIDE, SIDE);
            FacePicture part = new FacePicture(places.narrow(2, 16, 32).narrow(3, 16, 32),
                    flow(20).validity(16, 16).narrow(2, 4, 8).narrow(3, 4, 8), regions(20).narrow(2, 8, 16).narrow(3, 8, 16), motion(20));
            Tensor colours = with(new SyntheticTensors("paint"), network -> network.paint(reference(network, portrait), part).colours());

            assertArrayEquals(new long[] {1, 3, 32, 32}, Tensors.shape(colours));
        }
    }

    @Test
    void framesOfOneBatchAreThoseOfAlone() {
        try (Scope scope = new Scope()) {
            Tensor portrait = portrait();
            Function<PaintNetwork, Tensor> left = network -> network.forward(reference(network, portrait), wanted(flow(-15), regions(-15), motion(-15)));
            Function<PaintNetwork, Tensor> right = network -> network.forward(reference(network, portrait), wanted(flow(20), regions(20), motion(20)));
            Tensor both = with(new SyntheticTensors("paint"), network -> network.forward(
                    network.reference(Tensors.cat(0, portrait, portrait), Tensors.cat(0, regions(0), regions(0))),
                    wanted(new Flow(Tensors.cat(0, flow(-15).places(), flow(20).places())), Tensors.cat(0, regions(-15), regions(20)),
                            Tensors.cat(0, motion(-15), motion(20)))));

            assertEquals(0, Comparison.relativeError(both.narrow(0, 0, 1), with(new SyntheticTensors("paint"), left)), 1e-5);
            assertEquals(0, Comparison.relativeError(both.narrow(0, 1, 1), with(new SyntheticTensors("paint"), right)), 1e-5);
        }
    }

    @Test
    void everyParameterIsTrained() {
        try (Scope scope = new Scope();
                var trained = Weights.buildTrainable(new SyntheticTensors("paint"), Device.CPU, at -> new PaintNetwork(at, CONFIG))) {
            Tensor portrait = portrait();
            Gradients.backward(trained.parameters(), () -> {
                PaintNetwork network = trained.network();
                return network.forward(reference(network, portrait), wanted(flow(20), regions(20), motion(20))).square().mean();
            });
        }
    }

    @Test
    void halfPrecisionWeightsAreReadBack() throws IOException {
        try (Scope scope = new Scope();
                var made = Weights.build(new SyntheticTensors("paint"), Device.CPU, ScalarType.Float, at -> new PaintNetwork(at, CONFIG))) {
            Map<String, Tensor> half = new LinkedHashMap<>();
            made.tensors().forEach((name, tensor) -> half.put(name, tensor.to(ScalarType.Half)));
            Path file = folder.resolve("painter.safetensors");
            SafetensorsWriter.write(file, half);
            Tensor portrait = portrait();
            Function<PaintNetwork, Tensor> painted = network -> network.forward(reference(network, portrait), wanted(flow(20), regions(20), motion(20)));

            assertEquals(0, Comparison.relativeError(with(Checkpoint.open(file), painted),
                    with(new SyntheticTensors("paint"), painted)), 5e-3, "as near as 11 bits are");
        }
    }

    @Test
    void aWidthOfZeroIsRefused() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new PaintConfig(4, 8, 0, 16, 8)).getMessage().contains("eighth is 0"));
    }

    private static TensorSource untrained() {
        return new FreshTensors(1, PaintNetwork::beginsAtZero);
    }

    private static Tensor with(TensorSource source, Function<PaintNetwork, Tensor> use) {
        try (var loaded = Weights.build(source, Device.CPU, ScalarType.Float, at -> new PaintNetwork(at, CONFIG))) {
            return Scope.inference(() -> use.apply(loaded.network()));
        }
    }

    private static PaintReference reference(PaintNetwork network, Tensor portrait) {
        return network.reference(portrait, regions(0));
    }

    private static FacePicture wanted(Flow flow, Tensor regions, Tensor motion) {
        return new FacePicture(Upsample.bilinear(flow.places(), SIDE, SIDE), flow.validity(SIDE / 4, SIDE / 4), regions, motion);
    }

    private static Tensor portrait() {
        return RandomTensors.of(7, 1, 3, SIDE, SIDE);
    }

    private static Flow flow(float yaw) {
        Tensor face = MeanFace.points().unsqueeze(0);
        return new HeadWarp(32, JacobianLimit.USUAL).flow(face, pose(0), face, pose(yaw));
    }

    private static Tensor regions(float yaw) {
        Tensor landmarks = pose(yaw).posed(MeanFace.points().unsqueeze(0)).narrow(2, 0, 2);
        return Tensors.of(FaceRegions.of(Tensors.floats(landmarks), SIDE / 2), 1, FaceRegions.CHANNELS, SIDE / 2, SIDE / 2);
    }

    private static Tensor motion(float yaw) {
        Tensor face = MeanFace.points().unsqueeze(0);
        return FacePicture.motion(face, pose(0), face, pose(yaw));
    }

    private static HeadPose pose(float yaw) {
        Tensor zero = Tensors.of(new float[1], 1);
        return new HeadPose(zero, Tensors.of(new float[] {yaw}, 1), zero, Tensors.of(new float[2], 1, 2),
                Tensors.of(new float[] {0.5f}, 1));
    }
}
