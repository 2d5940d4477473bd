package io.personalive.animation.portrait;

import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import java.awt.image.BufferedImage;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Prepares a portrait for the autoencoder and the motion networks: plain Lanczos resizing, nothing cut off. */
public final class PortraitPreprocess {
    private PortraitPreprocess() {}

    /**
     * For the autoencoder and the portrait's own face.
     *
     * @param image the original portrait
     * @param size  the frame's side in pixels
     * @return (1, 3, size, size) float32 in [-1, 1], on the processor
     */
    public static Tensor frame(BufferedImage image, int size) {
        return Frames.toSigned(List.of(PillowResize.resize(image, size, size, ResizeFilter.LANCZOS)));
    }

    /**
     * For the motion extractor.
     *
     * @param image the original portrait
     * @param size  the extractor's picture's side in pixels
     * @return (1, 3, size, size) float32 in [0, 1], on the processor
     */
    public static Tensor forMotionExtractor(BufferedImage image, int size) {
        try (Scope scope = new Scope()) {
            Tensor bytes = Frames.toBytes(PillowResize.resize(image, size, size, ResizeFilter.LANCZOS));
            Tensor values = Tensors.to(bytes, ScalarType.Float).div(new Scalar(255.0));
            return scope.keep(values.permute(2, 0, 1).unsqueeze(0));
        }
    }
}
