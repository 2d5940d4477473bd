package io.personalive.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.autoencoder.Autoencoder;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.autoencoder.TinyAutoencoder;
import io.personalive.networks.autoencoder.TinyAutoencoderConfig;
import io.personalive.networks.clip.ImageEncoder;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.landmark.LandmarkConfig;
import io.personalive.networks.landmark.LandmarkNetwork;
import io.personalive.networks.landmark.RestFace;
import io.personalive.networks.motion.MotionEncoder;
import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.networks.motion.MotionExtractorConfig;
import io.personalive.networks.layers.LayerConfig;
import io.personalive.networks.layers.LayerNetwork;
import io.personalive.networks.paint.PaintConfig;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.networks.pose.PoseGuider;
import io.personalive.networks.pose.PoseGuiderConfig;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.BatchStatistics;
import io.personalive.torch.weights.Checkpoint;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.TensorSource;
import io.personalive.torch.weights.Weights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every network, saved and loaded back: each tensor, each buffer, and what only the format needs. */
class SavedNetworksTest {
    private static final UNetConfig UNET = UNetConfig.of(16, 32, 64);

    @TempDir
    Path folder;

    static Stream<Arguments> networks() {
        return Stream.of(
                network("vae", at -> new Autoencoder(at, AutoencoderConfig.of(32, 32, 32, 64))),
                network("tiny-autoencoder", at -> new TinyAutoencoder(at, TinyAutoencoderConfig.OFFICIAL)),
                network("image-encoder", at -> new ImageEncoder(at, ImageEncoderConfig.micro())),
                network("reference-unet", at -> new ReferenceUNet(at, UNET)),
                network("denoising-unet", at -> new DenoisingUNet(at, UNET)),
                network("motion-encoder", at -> new MotionEncoder(at, MotionEncoderConfig.OFFICIAL)),
                network("motion-extractor", at -> new MotionExtractor(at, MotionExtractorConfig.OFFICIAL)),
                network("pose-guider", at -> new PoseGuider(at, PoseGuiderConfig.OFFICIAL, 32)),
                network("landmarks", at -> new LandmarkNetwork(at, new LandmarkConfig(16, List.of(8, 8), 16, List.of(8, 8), 1, 4, 8, 3))),
                network("rest-face", RestFace::new),
                network("painter", at -> new PaintNetwork(at, new PaintConfig(4, 8, 12, 16, 8))),
                network("layers", at -> new LayerNetwork(at, new LayerConfig(List.of(4, 6, 8)))));
    }

    private static Arguments network(String name, Function<Weights, ?> constructor) {
        return Arguments.of(name, constructor);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void aTrainedNetworkLoadsBackEqual(String name, Function<Weights, ?> constructor) throws IOException {
        try (var trained = Weights.buildTrainable(new SyntheticTensors(name), Device.CPU, BatchStatistics.LEARNED,
                constructor)) {
            change(trained.parameters());
            change(trained.buffers());
            trained.save(folder.resolve("trained"));
            assertSame(trained, load("trained"), constructor);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void freshWeightsAreSavedWhole(String name, Function<Weights, ?> constructor) throws IOException {
        try (var fresh = Weights.buildTrainable(new FreshTensors(1, tensor -> false), Device.CPU, constructor)) {
            fresh.save(folder.resolve("fresh"));
            assertSame(fresh, load("fresh"), constructor);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("networks")
    void aSavedFileIsSavedAgainEqual(String name, Function<Weights, ?> constructor) throws IOException {
        try (var first = Weights.build(new SyntheticTensors(name), Device.CPU, ScalarType.Float, constructor)) {
            first.save(folder.resolve("first"));
        }
        try (var second = Weights.build(load("first"), Device.CPU, ScalarType.Float, constructor)) {
            second.save(folder.resolve("second"));
            assertSame(second, load("first"), constructor);
            assertSame(second, load("second"), constructor);
        }
    }

    @Test
    void whatOnlyTheFormatNeedsIsThere() {
        assertHolds("motion-encoder", at -> new MotionEncoder(at, MotionEncoderConfig.OFFICIAL),
                Map.of("pe", "(1, 32, 16)", "model.bn1.num_batches_tracked", "()"));
        assertHolds("motion-extractor", at -> new MotionExtractor(at, MotionExtractorConfig.OFFICIAL), Map.of("idx_tensor", "(66)",
                "detector.fc_exp.weight", "(63, 768)", "detector.fc_exp.bias", "(63)"));
        String transformer = "down_blocks.0.attentions.0.transformer_blocks.0.";
        String temporal = "down_blocks.1.temporal_modules.0.temporal_transformer.transformer_blocks.0.";
        assertHolds("denoising-unet", at -> new DenoisingUNet(at, UNET), Map.of(
                transformer + "attn2.to_q.weight", "(32, 32)", transformer + "norm2.bias", "(32)",
                temporal + "attention_blocks.1.pos_encoder.pe", "(1, 32, 64)"));
    }

    private static void assertHolds(String name, Function<Weights, ?> constructor, Map<String, String> shapes) {
        try (Scope scope = new Scope();
                var built = Weights.build(new SyntheticTensors(name), Device.CPU, ScalarType.Float, constructor)) {
            Map<String, Tensor> tensors = built.tensors();
            shapes.forEach((tensor, shape) ->
                    assertEquals(shape, Tensors.describe(Tensors.shape(tensors.get(tensor))), tensor));
        }
    }

    /** As training would: no tensor is as it was made. */
    private static void change(Map<String, Tensor> tensors) {
        Scope.withoutGradient(() -> {
            tensors.values().forEach(tensor -> tensor.add_(new Scalar(1)));
            return null;
        });
    }

    private TensorSource load(String file) {
        return Checkpoint.open(folder.resolve(file));
    }

    private static void assertSame(Weights.Loaded<?> network, TensorSource saved, Function<Weights, ?> constructor) {
        try (Scope scope = new Scope();
                var read = Weights.build(saved, Device.CPU, ScalarType.Float, constructor)) {
            Map<String, Tensor> expected = network.tensors(), found = read.tensors();
            assertEquals(new TreeSet<>(expected.keySet()), new TreeSet<>(saved.names()));
            assertEquals(expected.keySet(), found.keySet());
            expected.forEach((name, tensor) -> {
                assertArrayEquals(Tensors.shape(tensor), Tensors.shape(found.get(name)), name);
                assertEquals(tensor.scalar_type().intern(), found.get(name).scalar_type().intern(), name);
                assertTrue(tensor.equal(found.get(name)), name);
            });
            assertNotEquals(0, expected.size());
        }
    }
}
