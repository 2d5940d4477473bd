package io.personalive.networks.unet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Goldens;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

/** Both UNets against the authors'. Between float32 sums in different orders lie about 3e-6. */
class UNetGoldenTest {
    static final UNetConfig MINI = UNetConfig.of(48, 32, 64, 96, 96);
    private static final UNetConfig OFFICIAL = UNetConfig.of(768, 320, 640, 1280, 1280);
    private static final double FLOAT32 = 2e-5;
    /** bfloat16 may cost 1.5 times what it costs the authors. */
    private static final double SLACK = 1.5;

    @Test
    void referenceWritesTheAuthorsBank() {
        compareBanks("mini", MINI, Precision.FLOAT32, FLOAT32);
    }

    @Test
    void referenceInBfloat16StaysNearTheAuthorsBank() {
        compareBanks("mini", MINI, Precision.BFLOAT16, SLACK * 0.014);
    }

    @Test
    void officialReferenceWritesTheAuthorsBank() {
        compareBanks("personalive", OFFICIAL, Precision.FLOAT32, FLOAT32);
    }

    @Test
    void denoisingPredictsTheAuthorsNoise() {
        compareNoise("mini", MINI, Precision.FLOAT32, FLOAT32);
    }

    @Test
    void denoisingInBfloat16StaysNearTheAuthorsNoise() {
        compareNoise("mini", MINI, Precision.BFLOAT16, SLACK * 0.027);
    }

    @Test
    void officialDenoisingPredictsTheAuthorsNoise() {
        compareNoise("personalive", OFFICIAL, Precision.FLOAT32, FLOAT32);
    }

    private static void compareBanks(String folder, UNetConfig config, Precision precision, double tolerance) {
        String input = folder + "/reference-unet.input";
        try (Scope scope = new Scope()) {
            Tensor latents = read(input, "latents", precision), imageToken = read(input, "image_token", precision);
            List<String> names = AppearanceBank.names(config);
            try (var loaded = Weights.build(new SyntheticTensors("reference-unet"), Device.CPU, precision.type(),
                            at -> new ReferenceUNet(at, config));
                    AppearanceBank bank = Scope.withoutGradient(() -> loaded.network().forward(latents, imageToken))) {
                assertEquals(names.size(), bank.tokens().size());
                for (int block = 0; block < names.size(); block++) {
                    String name = "bank." + names.get(block);
                    Tensor expected = Goldens.read(folder + "/reference-unet.output", name);
                    double error = Comparison.relativeError(bank.tokens().get(block), expected);
                    assertTrue(error < tolerance, name + " differs by " + error);
                }
            }
        }
    }

    private static void compareNoise(String folder, UNetConfig config, Precision precision, double tolerance) {
        String input = folder + "/denoising-unet.input";
        try (Scope scope = new Scope()) {
            Tensor latents = read(input, "latents", precision).transpose(1, 2);
            Tensor pose = read(input, "pose_features", precision).transpose(1, 2);
            Tensor motion = read(input, "motion_tokens", precision);
            Tensor imageToken = read(input, "image_token", precision);
            Tensor timesteps = Goldens.read(input, "timesteps", ScalarType.Long);
            Tensor expected = Goldens.read(folder + "/denoising-unet.output", "noise").transpose(1, 2);
            List<Tensor> tokens = AppearanceBank.names(config).stream()
                    .map(name -> read(input, "bank." + name, precision)).toList();
            try (var loaded = Weights.build(new SyntheticTensors("denoising-unet"), Device.CPU, precision.type(),
                    at -> new DenoisingUNet(at, config))) {
                Tensor noise = Scope.inference(() -> {
                    DenoisingUNet network = loaded.network();
                    try (AppearanceBank bank = new AppearanceBank(tokens);
                            ReferenceReading reference = network.read(bank, imageToken);
                            TimeConditioning time = network.embed(timesteps)) {
                        return network.forward(latents, time, reference, motion, pose);
                    }
                });
                double error = Comparison.relativeError(noise, expected);
                assertTrue(error < tolerance, "the noise differs by " + error);
            }
        }
    }

    private static Tensor read(String file, String tensor, Precision precision) {
        return Tensors.to(Goldens.read(file, tensor), precision.type());
    }
}
