package io.personalive.training.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.image.Bgr;
import io.personalive.training.record.OnnxFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class OnnxRecognitionTest {
    private static final int SIDE = AlignedFace.SIDE, OUT = 4;

    @TempDir
    Path folder;
    private final SplittableRandom random = new SplittableRandom(1);

    @ParameterizedTest
    @EnumSource
    void runsTheNetworkOnRedGreenAndBlue(FaceRecognition.Range range) throws IOException {
        float[] weights = new float[OUT * 3 * SIDE * SIDE];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) random.nextDouble(-1e-3, 1e-3);
        }
        Path file = Files.write(folder.resolve("network.onnx"), OnnxFile.ofOneConvolution(weights, OUT, SIDE));
        BufferedImage face = Bgr.blank(SIDE, SIDE);
        for (int i = 0; i < SIDE * SIDE; i++) {
            face.setRGB(i % SIDE, i / SIDE, random.nextInt(1 << 24));
        }

        float[] expected = new float[OUT];
        for (int out = 0; out < OUT; out++) {
            double sum = 0;
            for (int i = 0; i < 3 * SIDE * SIDE; i++) {
                int pixel = i % (SIDE * SIDE), channel = i / (SIDE * SIDE);
                int value = face.getRGB(pixel % SIDE, pixel / SIDE) >> 16 - 8 * channel & 0xff;
                sum += weights[out * 3 * SIDE * SIDE + i] * (range == FaceRecognition.Range.SIGNED ? (value - 127.5) / 127.5 : value);
            }
            expected[out] = (float) sum;
        }
        try (FaceRecognition network = FaceRecognition.load(file, range)) {
            assertArrayEquals(expected, network.embed(face), 1e-3f);
        }
    }

    @Test
    void whatIsNoNetworkIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("text.onnx"), "no network");

        String message = assertThrows(IllegalArgumentException.class, () -> FaceRecognition.load(file, FaceRecognition.Range.SIGNED)).getMessage();

        assertTrue(message.startsWith(file.toString()) && message.contains("(1, 3, 112, 112)"), message);
    }
}
