package io.personalive.networks.pose;

import io.personalive.torch.Tensors;
import java.util.List;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Draws a head's pose: a coloured disc at each of some keypoints, on black. */
public final class KeypointPicture {
    private KeypointPicture() {}

    /**
     * @param posed (f, k, 3), posed keypoints; a picture spans -1 to 1 in x and y
     * @param size  the pictures' side in pixels
     * @param config which keypoints are drawn, and how
     * @return (f, 3, size, size) in [0, 1], RGB, float32 on the processor
     */
    public static Tensor draw(Tensor posed, int size, KeypointPictureConfig config) {
        int[][] landmarks = Landmarks.pixels(posed, size, config.keypoints());
        Tensor pictures = Tensors.zeros(ScalarType.Float, landmarks.length, 3, size, size);
        try (FloatPointer pixels = new FloatPointer(pictures.data_ptr())) {
            for (int frame = 0; frame < landmarks.length; frame++) {
                for (int i = 0; i < config.keypoints().size(); i++) {
                    disc(pixels, frame, size, landmarks[frame][2 * i], landmarks[frame][2 * i + 1], config.radius(),
                            config.colours().get(i));
                }
            }
        }
        return pictures;
    }

    /** Adds a disc, as much of it as lies on the picture. */
    private static void disc(FloatPointer pixels, int frame, int size, int centreX, int centreY, int radius,
            List<Integer> colour) {
        for (int dy = -radius; dy <= radius; dy++) {
            for (int dx = -radius; dx <= radius; dx++) {
                long x = (long) centreX + dx, y = (long) centreY + dy;
                if (dx * dx + dy * dy > radius * radius || x < 0 || y < 0 || x >= size || y >= size) {
                    continue;
                }
                for (int channel = 0; channel < 3; channel++) {
                    long at = ((3L * frame + channel) * size + y) * size + x;
                    pixels.put(at, Math.min(1f, pixels.get(at) + colour.get(channel) / 255f));
                }
            }
        }
    }
}
