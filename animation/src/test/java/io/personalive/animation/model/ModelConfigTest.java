package io.personalive.animation.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.weights.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelConfigTest {
    private static final String UNET = "sd-image-variations-diffusers/unet/config.json";
    private static final String CLIP = "sd-image-variations-diffusers/image_encoder/config.json";
    private static final String VAE = "sd-vae-ft-mse/config.json";

    @TempDir
    private Path folder;

    @BeforeEach
    void writeMicro() throws IOException {
        ConfigFolder.write(folder, ModelConfig.named("micro"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"personalive", "mini", "micro"})
    void readsWhatIsWritten(String name) throws IOException {
        ConfigFolder.write(folder, ModelConfig.named(name));

        assertEquals(ModelConfig.named(name), ModelConfig.read(folder));
    }

    @Test
    void framesAreEightTimesTheSampleSize() throws IOException {
        change(UNET, "\"sample_size\" : 16", "\"sample_size\" : 24");

        assertEquals(192, ModelConfig.read(folder).frameSize());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        UNET + "| \"sample_size\" : 16, | '' | sample_size is missing, expected a positive whole number",
        UNET + "| \"sample_size\" : 16 | \"sample_size\" : \"16\" | sample_size is \"16\", expected a positive whole number",
        UNET + "| [ 32, 32 | [ 50, 32 | block_out_channels has 50, expected multiples of 32 groups and of 8 heads",
        VAE + "| [ 32, 32 | [ 33, 32 | block_out_channels has 33, expected multiples of 32 groups",
        VAE + "| silu | gelu | act_fn is \"gelu\", expected \"silu\"",
        CLIP + "| \"patch_size\" : 56 | \"patch_size\" : 15 | patch_size is 15, expected a divisor of image_size, 224",
    })
    void aFieldThatCantBeIsNamedWithItsFile(String file, String right, String wrong, String message) throws IOException {
        change(file, right, wrong);

        assertEquals(folder.resolve(file) + ": " + message, refusal());
    }

    @ParameterizedTest
    @CsvSource({"DownBlock2D", "UpBlock2D"})
    void unknownBlockTypesAreNamed(String type) throws IOException {
        change(UNET, "\"" + type + "\"", "\"K" + type + "\"");

        String message = refusal();
        assertTrue(message.contains("_block_types is [\"") && message.contains("\"K" + type + "\"")
                && message.contains(", expected [\""), message);
    }

    @Test
    void theUNetsReadWhatTheImageEncoderMakes() throws IOException {
        change(UNET, "\"cross_attention_dim\" : 16", "\"cross_attention_dim\" : 24");

        String message = refusal();
        assertTrue(message.contains("of width 24 (cross_attention_dim)") && message.contains("16 wide (projection_dim)"), message);
    }

    @Test
    void theUNetsWorkOnWhatTheAutoencoderMakes() throws IOException {
        change(VAE, "\"latent_channels\" : 4", "\"latent_channels\" : 8");

        assertTrue(refusal().contains("8 (latent_channels)"));
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 17, 4})
    void latentsMustHalveEvenly(int sampleSize) throws IOException {
        change(UNET, "\"sample_size\" : 16", "\"sample_size\" : " + sampleSize);

        assertTrue(refusal().contains("sample_size is " + sampleSize + ", expected a multiple of 8"), refusal());
    }

    @Test
    void aFileThatIsAbsentIsNamed() throws IOException {
        Files.delete(folder.resolve(VAE));

        assertTrue(refusal().startsWith(folder.resolve(VAE) + " can't be read"));
    }

    private String refusal() {
        return assertThrows(CheckpointException.class, () -> ModelConfig.read(folder)).getMessage();
    }

    private void change(String file, String right, String wrong) throws IOException {
        String before = Files.readString(folder.resolve(file));
        assertTrue(before.contains(right), before);
        Files.writeString(folder.resolve(file), before.replace(right, wrong));
    }
}
