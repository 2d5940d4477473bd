package io.personalive.training.identity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.media.image.Bgr;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.RandomTensors;
import io.personalive.torch.weights.SafetensorsWriter;
import io.personalive.training.losses.Plain;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImprovedResnetTest {
    private static final int SIDE = AlignedFace.SIDE, EMBEDDING = 6;
    private static final int[] CHANNELS = {3, 4, 5, 4}, BLOCKS = {2, 1, 1, 1};

    @TempDir
    Path folder;
    private final Map<String, float[]> weights = new LinkedHashMap<>();

    /** A small network of the published layout. */
    private Path write() throws Exception {
        try (Scope scope = new Scope()) {
            Map<String, Tensor> tensors = new LinkedHashMap<>();
            put(tensors, "conv1.weight", 0.3, CHANNELS[0], 3, 3, 3);
            norm(tensors, "bn1", CHANNELS[0]);
            put(tensors, "prelu.weight", 0.2, CHANNELS[0]);
            int in = CHANNELS[0];
            for (int level = 0; level < CHANNELS.length; level++) {
                int out = CHANNELS[level];
                for (int number = 0; number < BLOCKS[level]; number++) {
                    String block = "layer" + (level + 1) + "." + number + ".";
                    norm(tensors, block + "bn1", in);
                    put(tensors, block + "conv1.weight", 0.3, out, in, 3, 3);
                    norm(tensors, block + "bn2", out);
                    put(tensors, block + "prelu.weight", 0.2, out);
                    put(tensors, block + "conv2.weight", 0.3, out, out, 3, 3);
                    norm(tensors, block + "bn3", out);
                    if (number == 0) {
                        put(tensors, block + "downsample.0.weight", 0.5, out, in, 1, 1);
                        norm(tensors, block + "downsample.1", out);
                    }
                    in = out;
                }
            }
            norm(tensors, "bn2", in);
            put(tensors, "fc.weight", 0.1, EMBEDDING, in * 49L);
            put(tensors, "fc.bias", 0.1, EMBEDDING);
            norm(tensors, "features", EMBEDDING);
            Path file = folder.resolve("network.safetensors");
            SafetensorsWriter.write(file, tensors);
            return file;
        }
    }

    private void norm(Map<String, Tensor> tensors, String name, long channels) {
        put(tensors, name + ".weight", 0.5, channels);
        put(tensors, name + ".bias", 0.2, channels);
        put(tensors, name + ".running_mean", 0.2, channels);
        put(tensors, name + ".running_var", 0.5, channels);
        tensors.computeIfPresent(name + ".running_var", (key, variance) -> variance.abs().add(new Scalar(0.5)));
        weights.put(name + ".running_var", Tensors.floats(tensors.get(name + ".running_var")));
    }

    private void put(Map<String, Tensor> tensors, String name, double size, long... shape) {
        Tensor values = RandomTensors.of(tensors.size(), shape).mul(new Scalar(size));
        tensors.put(name, values);
        weights.put(name, Tensors.floats(values));
    }

    @Test
    void computesWhatThePaperSays() throws Exception {
        SplittableRandom random = new SplittableRandom(1);
        BufferedImage face = Bgr.blank(SIDE, SIDE);
        double[][] x = new double[3][SIDE * SIDE];
        for (int i = 0; i < SIDE * SIDE; i++) {
            int rgb = random.nextInt(1 << 24);
            face.setRGB(i % SIDE, i / SIDE, rgb);
            for (int channel = 0; channel < 3; channel++) {
                x[channel][i] = ((rgb >> 16 - 8 * channel & 0xff) - 127.5) / 127.5;
            }
        }
        try (FaceRecognition network = FaceRecognition.load(write(), FaceRecognition.Range.SIGNED)) {
            float[] expected = embedding(x), found = network.embed(face);

            assertArrayEquals(expected, found, 1e-4f);
        }
    }

    @Test
    void anotherNetworkIsRefused() throws Exception {
        Path file = folder.resolve("other.safetensors");
        try (Scope scope = new Scope()) {
            SafetensorsWriter.write(file, Map.of("layer1.0.conv1.weight", RandomTensors.of(1, 2, 2, 3, 3)));
        }
        String message = assertThrows(IllegalArgumentException.class, () -> FaceRecognition.load(file, FaceRecognition.Range.SIGNED)).getMessage();
        assertTrue(message.contains("other.safetensors") && message.contains("ArcFace"), message);
    }

    /** The same in plain arithmetic: (channels, pixels) in double. */
    private float[] embedding(double[][] picture) {
        double[][] x = prelu("prelu", norm("bn1", convolution("conv1", picture, 3, 1)));
        for (int level = 0; level < CHANNELS.length; level++) {
            for (int number = 0; number < BLOCKS[level]; number++) {
                String block = "layer" + (level + 1) + "." + number + ".";
                int stride = number == 0 ? 2 : 1;
                double[][] hidden = prelu(block + "prelu", norm(block + "bn2", convolution(block + "conv1", norm(block + "bn1", x), 3, 1)));
                hidden = norm(block + "bn3", convolution(block + "conv2", hidden, 3, stride));
                double[][] same = number == 0 ? norm(block + "downsample.1", convolution(block + "downsample.0", x, 1, stride)) : x;
                for (int channel = 0; channel < hidden.length; channel++) {
                    for (int i = 0; i < hidden[channel].length; i++) {
                        hidden[channel][i] += same[channel][i];
                    }
                }
                x = hidden;
            }
        }
        x = norm("bn2", x);
        double[][] full = new double[EMBEDDING][1];
        int pixels = x[0].length;
        for (int out = 0; out < EMBEDDING; out++) {
            full[out][0] = weights.get("fc.bias")[out];
            for (int i = 0; i < x.length * pixels; i++) {
                full[out][0] += weights.get("fc.weight")[out * x.length * pixels + i] * x[i / pixels][i % pixels];
            }
        }
        double[][] normed = norm("features", full);
        float[] embedding = new float[EMBEDDING];
        for (int out = 0; out < EMBEDDING; out++) {
            embedding[out] = (float) normed[out][0];
        }
        return embedding;
    }

    private double[][] convolution(String name, double[][] x, int kernel, int stride) {
        return Plain.convolution(x, weights.get(name + ".weight"), kernel, stride, kernel / 2);
    }

    private double[][] norm(String name, double[][] x) {
        double[][] result = new double[x.length][x[0].length];
        for (int channel = 0; channel < x.length; channel++) {
            double scale = weights.get(name + ".weight")[channel] / Math.sqrt(weights.get(name + ".running_var")[channel] + 1e-5);
            for (int i = 0; i < x[channel].length; i++) {
                result[channel][i] = (x[channel][i] - weights.get(name + ".running_mean")[channel]) * scale + weights.get(name + ".bias")[channel];
            }
        }
        return result;
    }

    private double[][] prelu(String name, double[][] x) {
        double[][] result = new double[x.length][x[0].length];
        for (int channel = 0; channel < x.length; channel++) {
            for (int i = 0; i < x[channel].length; i++) {
                double value = x[channel][i];
                result[channel][i] = value > 0 ? value : value * weights.get(name + ".weight")[channel];
            }
        }
        return result;
    }
}
