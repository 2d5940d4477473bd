package io.personalive.networks.pose;

import io.personalive.torch.Tensors;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Draws a head's pose: a coloured disc at each of seven keypoints, on black. */
public final class KeypointPicture {
    private static final int RADIUS = 4;
    private static final int[][] COLOURS = {{255, 0, 0}, {255, 255, 0}, {0, 255, 0}, {0, 255, 255}, {0, 0, 255},
            {255, 0, 255}, {255, 0, 85}};

    private KeypointPicture() {}

    /**
     * @param posed (f, 21, 3), posed keypoints; a picture spans -1 to 1 in x and y
     * @param size  the pictures' side in pixels
     * @return (f, 3, size, size) in [0, 1], RGB, float32 on the processor
     */
    public static Tensor draw(Tensor posed, int size) {
        int[][] landmarks = Landmarks.pixels(posed, size);
        Tensor pictures = Tensors.zeros(ScalarType.Float, landmarks.length, 3, size, size);
        try (FloatPointer pixels = new FloatPointer(pictures.data_ptr())) {
            for (int frame = 0; frame < landmarks.length; frame++) {
                for (int i = 0; i < Landmarks.COUNT; i++) {
                    disc(pixels, frame, size, landmarks[frame][2 * i], landmarks[frame][2 * i + 1], COLOURS[i]);
                }
            }
        }
        return pictures;
    }

    /** Adds a disc, as much of it as lies on the picture. */
    private static void disc(FloatPointer pixels, int frame, int size, int centreX, int centreY, int[] colour) {
        for (int dy = -RADIUS; dy <= RADIUS; dy++) {
            for (int dx = -RADIUS; dx <= RADIUS; dx++) {
                long x = (long) centreX + dx, y = (long) centreY + dy;
                if (dx * dx + dy * dy > RADIUS * RADIUS || x < 0 || y < 0 || x >= size || y >= size) {
                    continue;
                }
                for (int channel = 0; channel < 3; channel++) {
                    long at = ((3L * frame + channel) * size + y) * size + x;
                    pixels.put(at, Math.min(1f, pixels.get(at) + colour[channel] / 255f));
                }
            }
        }
    }
}
