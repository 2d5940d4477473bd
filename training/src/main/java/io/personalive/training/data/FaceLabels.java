package io.personalive.training.data;

import java.util.Arrays;

/**
 * What is known of the face in a picture. Left and right are the person's own.
 *
 * @param landmarks  (129 * 2) x, y in pixels; 0 is the picture's edge
 * @param pose       pitch, yaw, roll in degrees; tx, ty in pixels; scale in pixels per head unit
 * @param expression (12) eye openings, gaze x, gaze y (each left, right), mouth open, mouth width, smile, brows (left,
 *                   right), lip protrusion
 * @param valid      whether a face was found and fitted
 */
public record FaceLabels(float[] landmarks, float[] pose, float[] expression, boolean valid) {
    public static final int POINTS = 129;
    public static final int POSE = 6;
    public static final int EXPRESSION = 12;

    private static final int[] MIRRORED_POINT = mirroredPoints();
    /** Where each column of the expression comes from in a mirrored picture. */
    private static final int[] MIRRORED_EXPRESSION = {1, 0, 3, 2, 5, 4, 6, 7, 8, 10, 9, 11};

    /** The labels after the picture went through x' = a x - b y + c, y' = b x + a y + d (a turn, a scale, a shift). */
    FaceLabels moved(Similarity by) {
        float[] points = landmarks.clone();
        for (int i = 0; i < points.length; i += 2) {
            points[i] = (float) by.x(landmarks[i], landmarks[i + 1]);
            points[i + 1] = (float) by.y(landmarks[i], landmarks[i + 1]);
        }
        float[] head = pose.clone();
        head[2] += (float) Math.toDegrees(by.turn());
        head[3] = (float) by.x(pose[3], pose[4]);
        head[4] = (float) by.y(pose[3], pose[4]);
        head[5] *= (float) by.scale();
        return new FaceLabels(points, head, expression, valid);
    }

    /** The labels after the picture was resized. @param scale pixels that one of its pixels becomes */
    public FaceLabels scaled(double scale) {
        return moved(Similarity.scaled(scale));
    }

    /** The labels of the mirrored picture. @param width of the picture, pixels */
    FaceLabels mirrored(int width) {
        float[] points = new float[landmarks.length];
        for (int i = 0; i < POINTS; i++) {
            points[2 * i] = width - landmarks[2 * MIRRORED_POINT[i]];
            points[2 * i + 1] = landmarks[2 * MIRRORED_POINT[i] + 1];
        }
        float[] head = pose.clone();
        head[1] = -head[1];
        head[2] = -head[2];
        head[3] = width - head[3];
        float[] face = new float[EXPRESSION];
        for (int i = 0; i < EXPRESSION; i++) {
            float value = expression[MIRRORED_EXPRESSION[i]];
            face[i] = i == 2 || i == 3 ? -value : value;
        }
        return new FaceLabels(points, head, face, valid);
    }

    private static int[] mirroredPoints() {
        int[] from = new int[POINTS];
        Arrays.setAll(from, i -> i);
        // the rim of an iris begins at the picture's right and goes round
        int[] rim = {0, 3, 2, 1, 4};
        for (int i = 0; i < 5; i++) {
            from[i] = 5 + rim[i];
            from[5 + i] = rim[i];
        }
        swap(from, 10, 26, 16);
        swap(from, 42, 52, 10);
        reverse(from, 62, 20, 10);
        reverse(from, 82, 20, 10);
        swap(from, 109, 110, 1);
        reverse(from, 111, 18, 18);
        return from;
    }

    private static void swap(int[] from, int first, int second, int count) {
        for (int i = 0; i < count; i++) {
            from[first + i] = second + i;
            from[second + i] = first + i;
        }
    }

    /** A ring of points that is its own mirror, point {@code turned} taking the place of point 0. */
    private static void reverse(int[] from, int first, int count, int turned) {
        for (int i = 0; i < count; i++) {
            from[first + i] = first + Math.floorMod(turned - i, count);
        }
    }
}
