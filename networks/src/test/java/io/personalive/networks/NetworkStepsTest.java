package io.personalive.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.personalive.networks.autoencoder.Autoencoder;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.autoencoder.TinyAutoencoder;
import io.personalive.networks.autoencoder.TinyAutoencoderConfig;
import io.personalive.networks.clip.ImageEncoder;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.landmark.LandmarkConfig;
import io.personalive.networks.landmark.LandmarkNetwork;
import io.personalive.networks.motion.MotionEncoder;
import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.networks.motion.MotionExtractorConfig;
import io.personalive.networks.layers.LayerConfig;
import io.personalive.networks.layers.LayerNetwork;
import io.personalive.networks.layers.PortraitLayers;
import io.personalive.networks.paint.FacePicture;
import io.personalive.networks.paint.FaceRegions;
import io.personalive.networks.paint.PaintConfig;
import io.personalive.networks.paint.PaintNetwork;
import io.personalive.networks.pose.PoseGuider;
import io.personalive.networks.pose.PoseGuiderConfig;
import io.personalive.networks.unet.AppearanceBank;
import io.personalive.networks.unet.DenoisingUNet;
import io.personalive.networks.unet.ReferenceReading;
import io.personalive.networks.unet.ReferenceUNet;
import io.personalive.networks.unet.TimeConditioning;
import io.personalive.networks.unet.UNetConfig;
import io.personalive.networks.warp.Flow;
import io.personalive.networks.warp.HeadPose;
import io.personalive.networks.warp.HeadWarp;
import io.personalive.networks.warp.MeanFace;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.training.AdamW;
import io.personalive.torch.training.AdamWFormula;
import io.personalive.torch.training.Gradients;
import io.personalive.torch.training.Parameters;
import io.personalive.torch.weights.BatchStatistics;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Two optimiser steps of networks, numbers of every parameter, against the formula in double. */
class NetworkStepsTest {
    private static final double RATE = 1e-4, DECAY = 0.01;
    private static final int MOST_NUMBERS = 1 << 14;
    private static final UNetConfig UNET = UNetConfig.of(16, 32, 64);

    @Test
    void autoencoder() {
        assertSteps("vae", at -> new Autoencoder(at, AutoencoderConfig.of(32, 32, 32, 64)),
                network -> network.decode(network.encode(RandomTensors.of(1, 1, 3, 16, 16))));
    }

    @Test
    void tinyAutoencoder() {
        assertSteps("tiny-autoencoder", at -> new TinyAutoencoder(at, TinyAutoencoderConfig.OFFICIAL),
                network -> network.decode(network.encode(RandomTensors.of(1, 1, 3, 16, 16))));
    }

    @Test
    void imageEncoder() {
        assertSteps("image-encoder", at -> new ImageEncoder(at, ImageEncoderConfig.micro()),
                network -> network.forward(RandomTensors.of(1, 1, 3, 224, 224)));
    }

    @Test
    void poseGuider() {
        assertSteps("pose-guider", at -> new PoseGuider(at, PoseGuiderConfig.OFFICIAL, 32),
                network -> network.forward(RandomTensors.of(1, 1, 3, 16, 16)));
    }

    @Test
    void motionEncoder() {
        assertSteps("motion-encoder", at -> new MotionEncoder(at, MotionEncoderConfig.OFFICIAL), network -> network.forward(RandomTensors.of(1, 2, 3, 224, 224)));
    }

    @Test
    void motionExtractor() {
        assertSteps("motion-extractor", at -> new MotionExtractor(at, MotionExtractorConfig.OFFICIAL),
                network -> network.forward(RandomTensors.of(1, 1, 3, 64, 64)).posed());
    }

    @Test
    void referenceUNet() {
        assertSteps("reference-unet", at -> new ReferenceUNet(at, UNET), network -> {
            try (AppearanceBank bank = network.forward(RandomTensors.of(1, 1, 4, 8, 8), RandomTensors.of(2, 1, 1, 16))) {
                return Tensors.cat(0, bank.tokens().stream().map(tokens -> tokens.flatten()).toList());
            }
        });
    }

    @Test
    void denoisingUNet() {
        // two transformers on the way down, one in the middle, three on the way up
        List<Tensor> tokens = Stream.of(32, 32, 64, 32, 32, 32)
                .map(width -> Scope.own(RandomTensors.of(width, 1, width == 64 ? 16 : 64, width))).toList();
        assertSteps("denoising-unet", at -> new DenoisingUNet(at, UNET), network -> {
            try (AppearanceBank bank = new AppearanceBank(tokens);
                    ReferenceReading reading = network.read(bank, RandomTensors.of(2, 1, 1, 16));
                    TimeConditioning time = network.embed(Tensors.of(new long[] {0, 999}, 2))) {
                return network.forward(RandomTensors.of(3, 1, 2, 4, 8, 8), time, reading, RandomTensors.of(4, 1, 2, 32, 16),
                        RandomTensors.of(5, 1, 2, 32, 8, 8));
            }
        });
        tokens.forEach(Scope::release);
    }

    @Test
    void landmarkNetwork() {
        LandmarkConfig small = new LandmarkConfig(16, List.of(8, 8), 16, List.of(8, 8), 1, 4, 8, 3);
        assertSteps("landmarks", at -> new LandmarkNetwork(at, small), network -> {
            Tensor pictures = RandomTensors.of(1, 2, 3, 16, 16);
            LandmarkNetwork.Reading face = network.read(pictures);
            return Tensors.cat(0, network.searchNumbers(pictures).flatten(), face.points().flatten(), face.angles().flatten());
        });
    }

    @Test
    void painter() {
        assertSteps("paint", at -> new PaintNetwork(at, new PaintConfig(4, 8, 12, 16, 8)), network -> {
            Tensor regions = RandomTensors.of(2, 1, FaceRegions.CHANNELS, 16, 16);
            Tensor face = MeanFace.points().unsqueeze(0), still = Tensors.of(new float[1], 1);
            HeadPose pose = new HeadPose(still, still, still, Tensors.of(new float[2], 1, 2), Tensors.of(new float[] {0.3f}, 1));
            Flow flow = new HeadWarp(32, null).flow(face, pose, face, pose);
            return network.forward(network.reference(RandomTensors.of(1, 1, 3, 32, 32), regions),
                    new FacePicture(flow.places(), flow.validity(8, 8), regions, FacePicture.motion(face, pose, face, pose)));
        });
    }

    @Test
    void layers() {
        assertSteps("layers", at -> new LayerNetwork(at, new LayerConfig(List.of(4, 6, 8))), network -> {
            PortraitLayers layers = network.forward(RandomTensors.of(1, 1, 3, 32, 32), RandomTensors.of(2, 1, FaceRegions.CHANNELS, 16, 16));
            return Tensors.cat(1, layers.head(), layers.follow(), layers.body(), layers.behind());
        });
    }

    /** Of a tensor as many numbers as a test can hold in double for each tensor of the largest network. */
    private static float[] numbers(Tensor tensor) {
        float[] all = Tensors.floats(tensor);
        return Arrays.copyOf(all, Math.min(all.length, MOST_NUMBERS));
    }

    private static <T> void assertSteps(String name, Function<Weights, T> constructor, Function<T, Tensor> forward) {
        try (Scope scope = new Scope();
                var loaded = Weights.buildTrainable(new SyntheticTensors(name), Device.CPU, BatchStatistics.LEARNED,
                        constructor)) {
            Parameters parameters = Parameters.of(loaded.parameters());
            AdamW.Options options = AdamW.Options.usual(DECAY).weightsAlone(parameters);
            Map<String, AdamWFormula> expected = new LinkedHashMap<>();
            loaded.parameters().forEach((parameter, tensor) -> expected.put(parameter,
                    new AdamWFormula(numbers(tensor), options, tensor.dim() > 1 ? DECAY : 0)));
            try (Gradients gradients = new Gradients(parameters); AdamW optimiser = new AdamW(parameters, options)) {
                for (int step = 0; step < 2; step++) {
                    gradients.clear();
                    try (Scope each = new Scope()) {
                        forward.apply(loaded.network()).square().mean().backward();
                    }
                    gradients.clip(1);
                    optimiser.step(RATE);
                    loaded.parameters().forEach((parameter, tensor) -> assertArrayEquals(
                            expected.get(parameter).step(numbers(tensor.grad()), RATE), numbers(tensor),
                            2e-6f, parameter)); // a fiftieth of a step; float32 rounds values of 1 to 1e-7
                }
            }
        }
    }
}
