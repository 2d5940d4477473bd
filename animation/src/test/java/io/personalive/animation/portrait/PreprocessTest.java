package io.personalive.animation.portrait;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Goldens;
import java.awt.image.BufferedImage;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PreprocessTest {
    @ParameterizedTest
    @ValueSource(strings = {"tall", "wide"})
    void clipSeesTheAuthorsPixels(String shape) {
        try (Scope scope = new Scope()) {
            Tensor expected = Goldens.read("mini/clip-preprocess-" + shape + ".output", "pixels");

            Tensor pixels = ClipPreprocess.pixels(image("clip-preprocess-" + shape), 224);

            // a byte that differs by one would be 0.015 off
            assertArrayEquals(Tensors.floats(expected), Tensors.floats(pixels), 1e-5f);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tall", "wide"})
    void portraitsAreTheAuthorsByteForByte(String shape) {
        try (Scope scope = new Scope()) {
            Tensor expected = Goldens.read("mini/portrait-preprocess-" + shape + ".output", "image");

            Tensor portrait = PortraitPreprocess.frame(image("portrait-preprocess-" + shape), 128);

            assertTrue(Comparison.relativeError(portrait, expected) < 1e-7);
            assertArrayEquals(Tensors.bytes(Frames.bytes(expected)), Tensors.bytes(Frames.bytes(portrait)));
        }
    }

    @Test
    void theMotionExtractorSeesTheUnitRange() {
        try (Scope scope = new Scope()) {
            Tensor seen = PortraitPreprocess.forMotionExtractor(image("portrait-preprocess-wide"), 256);

            assertArrayEquals(new long[] {1, 3, 256, 256}, Tensors.shape(seen));
            Tensor signed = PortraitPreprocess.frame(image("portrait-preprocess-wide"), 256);
            assertArrayEquals(Tensors.bytes(Frames.bytes(signed)),
                    Tensors.bytes(Frames.bytes(seen.add(seen).sub(Tensors.of(new float[] {1}, 1)))));
        }
    }

    private static BufferedImage image(String name) {
        return Frames.toImage(Goldens.read("mini/" + name + ".input", "image", ScalarType.Byte));
    }
}
