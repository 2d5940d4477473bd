package io.personalive.networks.autoencoder;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Goldens;
import io.personalive.torch.weights.SyntheticTensors;
import io.personalive.torch.weights.Weights;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class AutoencoderTest {
    static final AutoencoderConfig MINI = AutoencoderConfig.of(32, 64, 64, 64);
    private static final AutoencoderConfig OFFICIAL = AutoencoderConfig.of(128, 256, 512, 512);

    /** Float32 sums in another order than the authors'; a wrong epsilon or border is far beyond. */
    private static final double FLOAT32 = 1e-5;
    /** bfloat16 may cost 1.5 times what it costs the authors. */
    private static final double SLACK = 1.5;

    @Test
    void encodesAsTheAuthors() {
        assertTrue(encoding("mini", MINI, Precision.FLOAT32) < FLOAT32);
    }

    @Test
    void decodesAsTheAuthors() {
        assertTrue(decoding("mini", MINI, Precision.FLOAT32) < FLOAT32);
    }

    @Test
    void inBfloat16StaysNearTheAuthors() {
        assertTrue(encoding("mini", MINI, Precision.BFLOAT16) < SLACK * 0.024);
        assertTrue(decoding("mini", MINI, Precision.BFLOAT16) < SLACK * 0.011);
    }

    @Test
    void officialEncodesAndDecodesAsTheAuthors() {
        assertTrue(encoding("personalive", OFFICIAL, Precision.FLOAT32) < FLOAT32);
        assertTrue(decoding("personalive", OFFICIAL, Precision.FLOAT32) < FLOAT32);
    }

    @Test
    void tinyEncodesAsTheAuthors() {
        assertTrue(tinyEncoding(Precision.FLOAT32) < FLOAT32);
        assertTrue(tinyEncoding(Precision.BFLOAT16) < SLACK * 0.008);
    }

    @Test
    void tinyDecodesAsTheAuthors() {
        assertTrue(tinyDecoding(Precision.FLOAT32) < FLOAT32);
        assertTrue(tinyDecoding(Precision.BFLOAT16) < SLACK * 0.005);
    }

    private static double encoding(String folder, AutoencoderConfig config, Precision precision) {
        return error(folder + "/vae-encoder", "images", "latents", "vae", precision,
                at -> new Autoencoder(at, config), Autoencoder::encode);
    }

    private static double decoding(String folder, AutoencoderConfig config, Precision precision) {
        return error(folder + "/vae-decoder", "latents", "images", "vae", precision,
                at -> new Autoencoder(at, config), Autoencoder::decode);
    }

    private static double tinyEncoding(Precision precision) {
        return error("mini/tiny-encoder", "images", "latents", "tiny-autoencoder", precision,
                at -> new TinyAutoencoder(at, TinyAutoencoderConfig.OFFICIAL), TinyAutoencoder::encode);
    }

    private static double tinyDecoding(Precision precision) {
        return error("mini/tiny-decoder", "latents", "images", "tiny-autoencoder", precision,
                at -> new TinyAutoencoder(at, TinyAutoencoderConfig.OFFICIAL), TinyAutoencoder::decode);
    }

    private static <T> double error(String golden, String input, String output, String weights, Precision precision,
            Function<Weights, T> constructor, BiFunction<T, Tensor, Tensor> run) {
        try (Scope scope = new Scope()) {
            Tensor given = Tensors.to(Goldens.read(golden + ".input", input), precision.type());
            Tensor expected = Goldens.read(golden + ".output", output);
            try (var loaded = Weights.build(new SyntheticTensors(weights), Device.CPU, precision.type(), constructor)) {
                return Comparison.relativeError(Scope.inference(() -> run.apply(loaded.network(), given)), expected);
            }
        }
    }
}
