package io.personalive.networks.pose;

/**
 * Where a face is in a picture, in pixels.
 *
 * @param x1 first column
 * @param y1 first row
 * @param x2 column behind the last
 * @param y2 row behind the last
 */
public record FaceBox(int x1, int y1, int x2, int y2) {
    /** The box that holds a whole square picture of this side. */
    public static FaceBox whole(int size) {
        return new FaceBox(0, 0, size, size);
    }

    /** Whether no pixel lies inside, as when the keypoints are off the picture or on one line. */
    public boolean isEmpty() {
        return x2 <= x1 || y2 <= y1;
    }
}
