package io.personalive.networks.pose;

import io.personalive.torch.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The keypoints of a face that are drawn and framed, in whole pixels. */
final class Landmarks {
    private Landmarks() {}

    /**
     * Float32 arithmetic: in double a few points land on the neighbouring pixel.
     *
     * @param posed (f, k, 3), a picture spans -1 to 1 in x and y
     * @param size  the picture's side in pixels
     * @param keypoints numbers of those that count, each below k
     * @return for each frame the points as x, y, x, y, …, truncated towards zero
     */
    static int[][] pixels(Tensor posed, int size, List<Integer> keypoints) {
        int count = keypoints.size();
        float[] values = Tensors.floats(posed);
        int frames = Math.toIntExact(posed.size(0)), stride = values.length / Math.max(frames, 1);
        int[][] pixels = new int[frames][2 * count];
        for (int frame = 0; frame < frames; frame++) {
            for (int i = 0; i < count; i++) {
                int at = frame * stride + 3 * keypoints.get(i);
                pixels[frame][2 * i] = pixel(values[at], size);
                pixels[frame][2 * i + 1] = pixel(values[at + 1], size);
            }
        }
        return pixels;
    }

    private static int pixel(float coordinate, int size) {
        return (int) ((coordinate * 0.5f + 0.5f) * size);
    }
}
