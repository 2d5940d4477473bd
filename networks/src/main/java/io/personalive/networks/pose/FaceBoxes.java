package io.personalive.networks.pose;

import io.personalive.torch.Tensors;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Finds faces from keypoints; in float32: in double a few boxes differ. */
public final class FaceBoxes {
    /** A face's side to twice the distance from its middle to its top. */
    private static final float SIDE = 1.7f * 2;
    /** How much of the side lies before the middle, and how much behind. */
    private static final float BEFORE = 0.475f, BEHIND = 0.525f;

    private FaceBoxes() {}

    /**
     * @param posed (f, k, 3), the posed keypoints of the faces in the picture
     * @param size  the picture's side in pixels
     * @param keypoints numbers of those that a face is found by
     * @return a box for each frame; it may be empty
     */
    public static List<FaceBox> of(Tensor posed, int size, List<Integer> keypoints) {
        List<FaceBox> boxes = new ArrayList<>();
        for (int[] landmarks : Landmarks.pixels(posed, size, keypoints)) {
            boxes.add(around(landmarks, size));
        }
        return boxes;
    }

    /** @return (n, 4) int64: x1, y1, x2, y2 */
    public static Tensor toTensor(List<FaceBox> boxes) {
        long[] corners = new long[4 * boxes.size()];
        for (int i = 0; i < boxes.size(); i++) {
            FaceBox box = boxes.get(i);
            corners[4 * i] = box.x1();
            corners[4 * i + 1] = box.y1();
            corners[4 * i + 2] = box.x2();
            corners[4 * i + 3] = box.y2();
        }
        return Tensors.of(corners, boxes.size(), 4);
    }

    /** @param boxes (n, 4) int64: x1, y1, x2, y2 */
    public static List<FaceBox> fromTensor(Tensor boxes) {
        long[] corners = Tensors.longs(boxes);
        List<FaceBox> list = new ArrayList<>();
        for (int i = 0; i < corners.length; i += 4) {
            list.add(new FaceBox(Math.toIntExact(corners[i]), Math.toIntExact(corners[i + 1]),
                    Math.toIntExact(corners[i + 2]), Math.toIntExact(corners[i + 3])));
        }
        return list;
    }

    private static FaceBox around(int[] landmarks, int size) {
        int count = landmarks.length / 2;
        float sumX = 0, sumY = 0, top = Float.POSITIVE_INFINITY;
        for (int i = 0; i < landmarks.length; i += 2) {
            sumX += landmarks[i];
            sumY += landmarks[i + 1];
            top = Math.min(top, landmarks[i + 1]);
        }
        float x = sumX / count, y = sumY / count;
        float side = SIDE * (y - top);
        return new FaceBox(clamp(x - BEFORE * side, size), clamp(y - BEFORE * side, size),
                clamp(x + BEHIND * side, size), clamp(y + BEHIND * side, size));
    }

    private static int clamp(float coordinate, int size) {
        return (int) Math.max(0, Math.min(coordinate, size - 1f));
    }
}
