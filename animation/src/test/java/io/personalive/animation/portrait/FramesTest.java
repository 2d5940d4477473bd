package io.personalive.animation.portrait;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.awt.image.BufferedImage;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class FramesTest {
    @Test
    void redIsTheFirstChannel() {
        try (Scope scope = new Scope()) {
            Tensor bytes = Frames.toBytes(image(2, 1, 0xFF8001));

            assertArrayEquals(new long[] {1, 2, 3}, Tensors.shape(bytes));
            assertArrayEquals(new byte[] {(byte) 0xFF, (byte) 0x80, 1, 0, 0, 0}, Tensors.bytes(bytes));
            assertEquals(0xFFFF8001, Frames.toImage(bytes).getRGB(0, 0));
        }
    }

    @Test
    void framesSpanMinusOneToOne() {
        try (Scope scope = new Scope()) {
            Tensor frames = Frames.toSigned(List.of(image(1, 1, 0xFF0033), image(1, 1, 0x00FF66)));

            assertArrayEquals(new long[] {2, 3, 1, 1}, Tensors.shape(frames));
            assertArrayEquals(new float[] {1, -1, -0.6f, -1, 1, -0.2f}, Tensors.floats(frames), 1e-6f);
        }
    }

    @Test
    void fractionsAreCutOffAndTheRestClamped() {
        try (Scope scope = new Scope()) {
            float justBelowTwo = 1.999f / 127.5f - 1;
            List<BufferedImage> images = Frames.toImages(Tensors.of(new float[] {3, -3, justBelowTwo}, 1, 3, 1, 1));

            assertEquals(1, images.size());
            assertEquals(0xFFFF0001, images.get(0).getRGB(0, 0));
        }
    }

    @Test
    void framesOfOneBatchHaveOneSize() {
        List<BufferedImage> images = List.of(image(2, 2, 0), image(2, 3, 0));

        assertThrows(IllegalArgumentException.class, () -> Frames.toSigned(images));
    }

    private static BufferedImage image(int width, int height, int firstPixel) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        image.setRGB(0, 0, firstPixel);
        return image;
    }
}
