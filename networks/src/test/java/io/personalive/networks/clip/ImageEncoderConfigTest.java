package io.personalive.networks.clip;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.networks.ConfigFile;
import io.personalive.torch.weights.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageEncoderConfigTest {
    private static final String MICRO = """
            {"architectures": ["CLIPVisionModelWithProjection"], "layer_norm_eps": 1e-05, "num_channels": 3,
             "hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 2, "num_attention_heads": 2,
             "patch_size": 56, "image_size": 224, "projection_dim": 16, "hidden_act": "quick_gelu"}
            """;

    @TempDir
    private Path folder;

    @Test
    void readsAConfigJson() throws IOException {
        assertEquals(ImageEncoderConfig.micro(), ConfigFile.read(file(MICRO), ImageEncoderConfig::of));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"hidden_size\": 32 | \"hidden_size\": 33 | hidden_size is 33, expected a multiple of num_attention_heads, 2",
        "\"hidden_size\": 32, | '' | hidden_size is missing, expected a positive whole number",
        "\"num_hidden_layers\": 2 | \"num_hidden_layers\": -2 | num_hidden_layers is -2, expected a positive whole number",
        "\"patch_size\": 56 | \"patch_size\": 15 | patch_size is 15, expected a divisor of image_size, 224",
        "\"image_size\": 224 | \"image_size\": 1120 | image_size is 1120, expected 1 to 1024 pixels",
        "\"projection_dim\": 16 | \"projection_dim\": \"16\" | projection_dim is \"16\", expected a positive whole number",
        "1e-05 | \"small\" | layer_norm_eps is \"small\", expected a small positive number such as 1.0E-5",
        "1e-05 | 0 | layer_norm_eps is 0, expected a small positive number such as 1.0E-5",
        "quick_gelu | gelu | hidden_act is \"gelu\", expected \"quick_gelu\"",
    })
    void namesTheFieldThatCantBe(String right, String wrong, String message) throws IOException {
        Path file = file(MICRO.replace(right, wrong));

        var refused = assertThrows(CheckpointException.class, () -> ConfigFile.read(file, ImageEncoderConfig::of));

        assertEquals(file + ": " + message, refused.getMessage());
    }

    @Test
    void namesAFileThatIsNoJson() throws IOException {
        Path file = file("{\"hidden_size\": ");

        var refused = assertThrows(CheckpointException.class, () -> ConfigFile.read(file, ImageEncoderConfig::of));

        assertTrue(refused.getMessage().startsWith(file + " is not valid JSON: "), refused.getMessage());
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }
}
