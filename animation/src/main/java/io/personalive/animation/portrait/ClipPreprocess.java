package io.personalive.animation.portrait;

import io.personalive.torch.Tensors;
import java.awt.image.BufferedImage;
import org.bytedeco.pytorch.Tensor;

/** Prepares a portrait for the CLIP image encoder: its shortest side becomes that of the encoder's pictures, the middle square is kept. */
public final class ClipPreprocess {
    private static final float[] MEAN = {0.48145466f, 0.4578275f, 0.40821073f};
    private static final float[] DEVIATION = {0.26862954f, 0.26130258f, 0.27577711f};

    private ClipPreprocess() {}

    /**
     * @param image the original portrait
     * @param side  of the encoder's pictures, in pixels
     * @return (1, 3, side, side) float32, normalised by CLIP's mean and deviation, on the processor
     */
    public static Tensor pixels(BufferedImage image, int side) {
        long shortest = Math.min(image.getWidth(), image.getHeight());
        int width = (int) (side * image.getWidth() / shortest), height = (int) (side * image.getHeight() / shortest);
        byte[] resized = PillowResize.resize(Frames.rgb(image), image.getWidth(), image.getHeight(), width, height,
                ResizeFilter.BICUBIC);
        int left = (width - side) / 2, top = (height - side) / 2;
        float[] pixels = new float[3 * side * side];
        for (int channel = 0, to = 0; channel < 3; channel++) {
            for (int y = 0; y < side; y++) {
                for (int x = 0; x < side; x++) {
                    int value = resized[3 * ((top + y) * width + left + x) + channel] & 0xFF;
                    pixels[to++] = (value / 255f - MEAN[channel]) / DEVIATION[channel];
                }
            }
        }
        return Tensors.of(pixels, 1, 3, side, side);
    }
}
