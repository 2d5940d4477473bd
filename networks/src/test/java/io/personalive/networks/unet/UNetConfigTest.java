package io.personalive.networks.unet;

import static io.personalive.networks.unet.UNetConfig.Attention.IMAGE;
import static io.personalive.networks.unet.UNetConfig.Attention.SELF;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.personalive.networks.ConfigFile;
import io.personalive.networks.unet.UNetConfig.Level;
import io.personalive.torch.weights.CheckpointException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UNetConfigTest {
    private static final String MINI = """
            {"_class_name": "UNet2DConditionModel", "sample_size": 16, "in_channels": 4, "out_channels": 4,
             "flip_sin_to_cos": true, "freq_shift": 0, "layers_per_block": 2, "act_fn": "silu", "norm_num_groups": 32,
             "down_block_types": ["CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"],
             "up_block_types": ["UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"],
             "block_out_channels": [32, 64, 96, 96], "cross_attention_dim": 48, "attention_head_dim": 8}
            """;

    @TempDir
    private Path folder;

    @Test
    void readsAConfigJson() throws IOException {
        assertEquals(UNetGoldenTest.MINI, ConfigFile.read(file(MINI), UNetConfig::of));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[32, 64 | [32, 50 | block_out_channels has 50, expected multiples of 32 groups and of 8 heads",
        "[32, 64, 96, 96] | [] | block_out_channels is [], expected a list of whole numbers",
        "\"cross_attention_dim\": 48, | '' | cross_attention_dim is missing, expected a positive whole number",
        "\"cross_attention_dim\": 48 | \"cross_attention_dim\": -1 | cross_attention_dim is -1, expected a positive whole number",
        "\"act_fn\": \"silu\" | \"act_fn\": \"relu\" | act_fn is \"relu\", expected \"silu\"",
        "\"norm_num_groups\": 32 | \"norm_num_groups\": 16 | norm_num_groups is 16, expected 32",
        "\"UpBlock2D\" | \"AttnUpBlock2D\" | up_block_types is [\"AttnUpBlock2D\",\"CrossAttnUpBlock2D\",\"CrossAttnUpBlock2D\",\"CrossAttnUpBlock2D\"], expected [\"UpBlock2D\",\"CrossAttnUpBlock2D\",\"CrossAttnUpBlock2D\",\"CrossAttnUpBlock2D\"]",
    })
    void namesTheFieldThatCantBe(String right, String wrong, String message) throws IOException {
        Path file = file(MINI.replace(right, wrong));

        var refused = assertThrows(CheckpointException.class, () -> ConfigFile.read(file, UNetConfig::of));

        assertEquals(file + ": " + message, refused.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0, 16, 1, 8, 4, 12, 5, 6, 16 | unet.latentChannels is 0, expected a positive whole number",
        "4, 20, 1, 8, 4, 12, 5, 6, 16 | unet.levels[1].channels is 20, expected a multiple of unet.groups, which is 8",
        "4, 16, 1, 8, 3, 12, 5, 6, 16 | unet.levels[0].channels is 8, expected a multiple of unet.heads, which is 3",
        "4, 16, 0, 8, 4, 12, 5, 6, 16 | unet.levels[1].layers is 0, expected a positive whole number",
        "4, 16, 1, 0, 4, 12, 5, 6, 16 | unet.groups is 0, expected a positive whole number",
        "4, 16, 1, 8, -1, 12, 5, 6, 16 | unet.heads is -1, expected a positive whole number",
        "4, 16, 1, 8, 4, -1, 5, 6, 16 | unet.imageTokenWidth is -1, expected a positive whole number, or 0 where there is no image encoder",
        "4, 16, 1, 8, 4, 0, 5, 6, 16 | unet.levels[0].attention is [self, image], expected no image: there is no image encoder",
        "4, 16, 1, 8, 4, 12, 0, 6, 16 | unet.motionTokens is 0, expected a positive whole number",
        "4, 16, 1, 8, 4, 12, 5, 0, 16 | unet.motionTokenWidth is 0, expected a positive whole number",
        "4, 16, 1, 8, 4, 12, 5, 6, 0 | unet.windowFrames is 0, expected a positive whole number",
    })
    void namesTheFieldOfADescriptionThatCantBe(String fields, String message) {
        int[] n = Arrays.stream(fields.split(", ")).mapToInt(Integer::parseInt).toArray();

        var refused = assertThrows(IllegalArgumentException.class, () -> new UNetConfig(n[0],
                List.of(new Level(8, 1, Set.of(SELF, IMAGE)), new Level(n[1], n[2], Set.of())),
                Set.of(), n[3], n[4], n[5], n[6], n[7], n[8]));

        assertEquals(message, refused.getMessage());
    }

    @Test
    void imageNeedsSelf() {
        var refused = assertThrows(IllegalArgumentException.class, () -> new UNetConfig(4,
                List.of(new Level(8, 1, Set.of(SELF))), Set.of(IMAGE), 8, 4, 12, 5, 6, 16));

        assertEquals("unet.middle is [image], expected self beside image: attention to the image token is a part of "
                + "the spatial transformer", refused.getMessage());
    }

    private Path file(String json) throws IOException {
        return Files.writeString(folder.resolve("config.json"), json);
    }
}
