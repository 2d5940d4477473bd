package io.personalive.networks.unet;

import static io.personalive.networks.unet.UNetConfig.Attention.IMAGE;
import static io.personalive.networks.unet.UNetConfig.Attention.MOTION;
import static io.personalive.networks.unet.UNetConfig.Attention.SELF;
import static io.personalive.networks.unet.UNetConfig.Attention.TEMPORAL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.unet.UNetConfig.Level;
import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Gradients;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.FreshTensors;
import io.personalive.torch.weights.Weights;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several sequences in one pass, and UNets of other kinds than the official one. */
class UNetBatchTest {
    private static final UNetConfig WITH_IMAGE = new UNetConfig(4,
            List.of(new Level(16, 1, Set.of(SELF, IMAGE, MOTION, TEMPORAL)), new Level(24, 1, Set.of(MOTION, TEMPORAL))),
            Set.of(SELF, IMAGE, MOTION, TEMPORAL), 8, 4, 12, 5, 6, 40);
    private static final UNetConfig WITHOUT_IMAGE = new UNetConfig(3,
            List.of(new Level(16, 1, Set.of(SELF, MOTION)), new Level(16, 2, Set.of(SELF, TEMPORAL)),
                    new Level(24, 1, Set.of())), Set.of(MOTION), 4, 2, 0, 3, 4, 16);
    private static final UNetConfig MIDDLE_ONLY = new UNetConfig(4, List.of(new Level(16, 1, Set.of(MOTION))),
            Set.of(SELF), 4, 4, 0, 3, 4, 16);
    private static final UNetConfig NOTHING_ATTENDS = new UNetConfig(4, List.of(new Level(12, 1, Set.of())),
            Set.of(), 3, 5, 0, 3, 4, 16);
    private static final double SAME = 1e-5;

    /** 24 pixels a side are many enough for attention to go frame by frame, 8 are not. */
    @ParameterizedTest
    @CsvSource({"true, 1, 8", "true, 16, 8", "true, 3, 24", "false, 1, 8", "false, 16, 8", "false, 3, 24"})
    void onePassEqualsAPassForEachSequence(boolean image, int frames, int side) {
        try (Scope scope = new Scope(); Pair pair = new Pair(image ? WITH_IMAGE : WITHOUT_IMAGE)) {
            Inputs inputs = new Inputs(pair.config, 3, frames, side);
            // banks of one reference, of two and of one; two of equal length come together as well
            List<Integer> references = List.of(1, 2, 1);

            Tensor together = Scope.inference(() -> pair.noise(inputs, references));

            for (int sequence = 0; sequence < 3; sequence++) {
                Inputs one = inputs.only(sequence);
                List<Integer> reference = references.subList(sequence, sequence + 1);
                Tensor alone = Scope.inference(() -> pair.noise(one, reference));
                double error = Comparison.relativeError(together.narrow(0, sequence, 1), alone);
                assertTrue(error < SAME, "sequence " + sequence + " differs by " + error);
            }
            Tensor withGradients = pair.noise(inputs, references);
            assertTrue(Comparison.relativeError(withGradients, together) < SAME);
        }
    }

    @Test
    void sequencesOfEqualLengthAreReadFromOneBank() {
        try (Scope scope = new Scope(); Pair pair = new Pair(WITH_IMAGE)) {
            Inputs inputs = new Inputs(pair.config, 4, 1, 8);
            Tensor apart = Scope.inference(() -> pair.noise(inputs, List.of(1, 1, 1, 1)));
            Tensor joined = Scope.inference(() -> {
                try (AppearanceBank bank = pair.reference.network().forward(inputs.portraits, inputs.imageTokens);
                        ReferenceReading reading = pair.denoising.network().read(bank, inputs.imageTokens)) {
                    return pair.noise(inputs, reading);
                }
            });
            assertTrue(Comparison.relativeError(joined, apart) < SAME);
        }
    }

    @Test
    void framesMayHaveTheirOwnTimesteps() {
        try (Scope scope = new Scope(); Pair pair = new Pair(WITH_IMAGE)) {
            Inputs inputs = new Inputs(pair.config, 2, 3, 8);
            Inputs spelled = inputs.at(Tensors.cat(0, inputs.timesteps, inputs.timesteps));
            Tensor shared = Scope.inference(() -> pair.noise(inputs, List.of(1, 1)));
            Tensor own = Scope.inference(() -> pair.noise(spelled, List.of(1, 1)));
            assertTrue(Comparison.relativeError(own, shared) < SAME);
        }
    }

    @ParameterizedTest
    @CsvSource({"0", "1", "2", "3"})
    void everyParameterLearnsFromABatch(int kind) {
        UNetConfig config = List.of(WITH_IMAGE, WITHOUT_IMAGE, MIDDLE_ONLY, NOTHING_ATTENDS).get(kind);
        try (Scope scope = new Scope(); Pair pair = new Pair(config)) {
            Inputs inputs = new Inputs(config, 2, 3, 8);
            Tensor wanted = RandomTensors.of(9, 2, 3, config.latentChannels(), 8, 8);
            Supplier<Tensor> loss =
                    () -> pair.noise(inputs, List.of(2, 1)).to(ScalarType.Double).mul(wanted).sum();

            Gradients.backward(pair.parameters(), loss);

            pair.parameters().forEach((name, parameter) -> {
                if (name.endsWith("to_k.weight") || name.endsWith("conv_in.weight") || name.endsWith("norm1.weight")) {
                    double error = Gradients.slopeError(parameter, loss, 1e-3);
                    assertTrue(error < 2e-2, name + ": the slope differs from the gradient by a part of " + error);
                }
            });
        }
    }

    @Test
    void aWindowLongerThanThePositionCodeIsRefused() {
        try (Scope scope = new Scope(); Pair pair = new Pair(WITH_IMAGE)) {
            Inputs longest = new Inputs(pair.config, 1, 40, 8), longer = new Inputs(pair.config, 1, 41, 8);
            Scope.inference(() -> pair.noise(longest, List.of(1)));
            var refused = assertThrows(IllegalArgumentException.class, () -> pair.noise(longer, List.of(1)));
            assertEquals("the window has 41 frames, and there are position codes for 40: "
                    + "raise unet.windowFrames, which is 40", refused.getMessage());
        }
    }

    @Test
    void inputsThatDontFitTogetherAreRefused() {
        try (Scope scope = new Scope(); Pair pair = new Pair(WITH_IMAGE)) {
            Inputs inputs = new Inputs(pair.config, 2, 3, 8);
            assertThrows(IllegalArgumentException.class, () -> pair.noise(inputs.only(0), List.of(1, 1)));
            assertThrows(IllegalArgumentException.class,
                    () -> pair.noise(inputs.at(inputs.timesteps.narrow(0, 0, 2)), List.of(1, 1)));
            assertThrows(IllegalArgumentException.class,
                    () -> pair.reference.network().forward(inputs.portraits, null));
        }
    }

    /** What b sequences bring; the portraits serve as their keyframes as well, upside down. */
    private record Inputs(Tensor latents, Tensor timesteps, Tensor motion, Tensor pose, Tensor portraits,
            Tensor imageTokens) {
        Inputs(UNetConfig config, int sequences, int frames, int side) {
            this(RandomTensors.of(1, sequences, frames, config.latentChannels(), side, side),
                    Tensors.of(LongStream.range(0, frames).map(frame -> 999 * frame / frames).toArray(), frames),
                    RandomTensors.of(2, sequences, frames, config.motionTokens(), config.motionTokenWidth()),
                    RandomTensors.of(3, sequences, frames, config.channels().get(0), side, side),
                    RandomTensors.of(4, sequences, config.latentChannels(), side, side),
                    config.readsImage() ? RandomTensors.of(5, sequences, 1, config.imageTokenWidth()) : null);
        }

        Inputs only(int sequence) {
            return new Inputs(latents.narrow(0, sequence, 1), timesteps, motion.narrow(0, sequence, 1),
                    pose.narrow(0, sequence, 1), portraits.narrow(0, sequence, 1),
                    imageTokens == null ? null : imageTokens.narrow(0, sequence, 1));
        }

        Inputs at(Tensor others) {
            return new Inputs(latents, others, motion, pose, portraits, imageTokens);
        }
    }

    /** Both networks, with gradients. */
    private static final class Pair implements AutoCloseable {
        final UNetConfig config;
        final Weights.Loaded<DenoisingUNet> denoising;
        final Weights.Loaded<ReferenceUNet> reference;

        Pair(UNetConfig config) {
            this.config = config;
            denoising = Weights.buildTrainable(new FreshTensors(1, name -> false), Device.CPU,
                    at -> new DenoisingUNet(at, config));
            reference = Weights.buildTrainable(new FreshTensors(2, name -> false), Device.CPU,
                    at -> new ReferenceUNet(at, config));
        }

        Map<String, Tensor> parameters() {
            Map<String, Tensor> parameters = new LinkedHashMap<>();
            denoising.parameters().forEach((name, parameter) -> parameters.put("denoising." + name, parameter));
            reference.parameters().forEach((name, parameter) -> parameters.put("reference." + name, parameter));
            return parameters;
        }

        /** @param references how many each sequence reads, 1 or 2 */
        Tensor noise(Inputs inputs, List<Integer> references) {
            List<ReferenceReading> readings = new ArrayList<>();
            IntStream.range(0, references.size()).forEach(sequence -> {
                Inputs one = inputs.only(sequence);
                ReferenceReading portrait = read(one.portraits, one.imageTokens);
                if (references.get(sequence) == 1) {
                    readings.add(portrait);
                } else {
                    try (portrait; ReferenceReading keyframe = read(one.portraits.flip(2), one.imageTokens)) {
                        readings.add(portrait.with(keyframe));
                    }
                }
            });
            try (ReferenceReading all = ReferenceReading.batch(readings)) {
                readings.forEach(ReferenceReading::close);   // the batch holds what it needs
                return noise(inputs, all);
            }
        }

        Tensor noise(Inputs inputs, ReferenceReading reading) {
            try (TimeConditioning time = denoising.network().embed(inputs.timesteps)) {
                return denoising.network().forward(inputs.latents, time, reading, inputs.motion, inputs.pose);
            }
        }

        private ReferenceReading read(Tensor portrait, Tensor imageToken) {
            try (AppearanceBank bank = reference.network().forward(portrait, imageToken)) {
                return denoising.network().read(bank, imageToken);
            }
        }

        @Override
        public void close() {
            denoising.close();
            reference.close();
        }
    }
}
