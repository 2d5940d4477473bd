package io.personalive.networks;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.personalive.networks.autoencoder.Autoencoder;
import io.personalive.networks.autoencoder.AutoencoderConfig;
import io.personalive.networks.autoencoder.TinyAutoencoder;
import io.personalive.networks.autoencoder.TinyAutoencoderConfig;
import io.personalive.networks.clip.ImageEncoder;
import io.personalive.networks.clip.ImageEncoderConfig;
import io.personalive.networks.motion.MotionEncoder;
import io.personalive.networks.motion.MotionEncoderConfig;
import io.personalive.networks.motion.MotionExtractor;
import io.personalive.networks.motion.MotionExtractorConfig;
import io.personalive.networks.pose.PoseGuider;
import io.personalive.networks.pose.PoseGuiderConfig;
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
import java.util.Map;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Two optimiser steps of networks, numbers of every parameter, against the formula in double. */
class NetworkStepsTest {
    private static final double RATE = 1e-4, DECAY = 0.01;
    private static final int MOST_NUMBERS = 1 << 14;

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
