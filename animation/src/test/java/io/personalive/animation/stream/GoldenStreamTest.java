package io.personalive.animation.stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.personalive.animation.AnimationModel;
import io.personalive.animation.model.KeyframeConfig;
import io.personalive.animation.model.ModelSource;
import io.personalive.animation.motion.MotionReader;
import io.personalive.animation.portrait.Frames;
import io.personalive.animation.portrait.Portrait;
import io.personalive.torch.Device;
import io.personalive.torch.Precision;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.testing.Comparison;
import io.personalive.torch.testing.Goldens;
import io.personalive.torch.weights.Checkpoint;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;

/** Whole streams against the authors': pictures in, pictures out, with their noise. */
class GoldenStreamTest {
    @Test
    void givesTheAuthorsStream() {
        compare("mini", "stream-drawn");
    }

    @Test
    void givesTheAuthorsStreamOfAPerson() {
        compare("mini", "stream");
    }

    @Test
    @EnabledIfEnvironmentVariable(named = "PERSONALIVE_LONG_TESTS", matches = "1")
    void officialGivesTheAuthorsStream() {
        compare("personalive", "stream");
    }

    private static void compare(String name, String golden) {
        String input = name + "/" + golden + ".input", output = name + "/" + golden + ".output";
        try (Scope scope = new Scope()) {
            Tensor driving = Goldens.read(input, "driving", ScalarType.Byte);
            BufferedImage picture = Frames.toImage(Goldens.read(input, "portrait", ScalarType.Byte));
            Noise noise = Noise.recorded(Goldens.read(input, "noise.initial"), Goldens.read(input, "noise.chunks"));
            StreamOptions options = new StreamOptions(noise, 1, 1, keyframes(input));
            Tensor latents = Goldens.read(output, "latents"), frames = Goldens.read(output, "frames", ScalarType.Byte);
            long[] keyframes = Tensors.longs(Goldens.read(output, "keyframes_added", ScalarType.Long));

            try (AnimationModel model = AnimationModel.load(ModelSource.parse("synthetic:" + name), Device.CPU,
                            Precision.FLOAT32, false);
                    Portrait portrait = model.portrait(picture);
                    AnimationStream stream = model.stream(portrait, options)) {
                MotionReader driver = model.driver(portrait.faceBox());
                List<Tensor> emitted = new ArrayList<>();
                long[] added = new long[keyframes.length];
                for (int i = 0; i < keyframes.length; i++) {
                    int before = stream.keyframes();
                    try (Chunk chunk = stream.push(driver.read(Frames.signed(driving.narrow(0, 4L * i, 4))))) {
                        emitted.add(chunk.latents().clone().unsqueeze(0));
                        List<BufferedImage> decoded = chunk.frames();
                        for (int frame = 0; frame < 4; frame++) {
                            compareBytes(decoded.get(frame), frames.select(0, 4L * i + frame));
                        }
                    }
                    added[i] = stream.keyframes() - before;
                }
                assertArrayEquals(keyframes, added);
                assertTrue(Arrays.stream(keyframes).sum() > 0 || name.equals("personalive"), "no keyframe is tested");
                double error = Comparison.relativeError(Tensors.cat(0, emitted), latents);
                assertTrue(error < 1e-4, "the latents differ by " + error);
            }
        }
    }

    /** Fractions are cut off, so a sum in another order moves a byte by one, here and there. */
    private static void compareBytes(BufferedImage frame, Tensor expected) {
        byte[] found = Tensors.bytes(Frames.toBytes(frame)), wanted = Tensors.bytes(expected);
        assertEquals(wanted.length, found.length);
        int moved = 0;
        for (int i = 0; i < wanted.length; i++) {
            int apart = Math.abs((found[i] & 0xFF) - (wanted[i] & 0xFF));
            assertTrue(apart <= 1, "byte " + i + " differs by " + apart);
            moved += apart;
        }
        assertTrue(moved < wanted.length / 100, moved + " of " + wanted.length + " bytes differ");
    }

    private static KeyframeConfig keyframes(String input) {
        try (Checkpoint file = Checkpoint.open(Goldens.find(input + ".safetensors"))) {
            return KeyframeConfig.OFFICIAL.with(file.metadata());
        }
    }
}
