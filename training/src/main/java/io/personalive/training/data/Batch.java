package io.personalive.training.data;

import java.util.stream.LongStream;

/**
 * Samples for one step; f frames each, the first of them the portrait. Plain arrays, row-major.
 *
 * @param position   of the batch in the run, from 0
 * @param samples    b
 * @param frames     f
 * @param side       s, pixels
 * @param pictures   (b, f, 3, s, s) RGB, 0 to 255
 * @param landmarks  (b, f, 129, 2) x, y in pixels, 0 the picture's edge
 * @param pose       (b, f, 6) pitch, yaw, roll in degrees; tx, ty in pixels; scale in pixels per head unit
 * @param expression (b, f, 12)
 * @param valid      (b, f) 1 where the labels can be trusted
 * @param stills     (b) 1 where both frames of a pair are one still
 * @param originals  (b, f) number of the picture among those that are as packed or that mirrored: twice its row, one more where it
 *                   is mirrored; -1 where it was changed in any other way
 */
public record Batch(long position, int samples, int frames, int side, byte[] pictures, float[] landmarks, float[] pose,
        float[] expression, byte[] valid, byte[] stills, long[] originals) {
    static Batch empty(long position, int samples, int frames, int side) {
        int count = samples * frames;
        return new Batch(position, samples, frames, side, new byte[count * 3 * side * side], new float[count * 2 * FaceLabels.POINTS],
                new float[count * FaceLabels.POSE], new float[count * FaceLabels.EXPRESSION], new byte[count],
                new byte[samples], new long[count]);
    }

    /** @return of each sample these frames' {@link #originals()}, sample after sample */
    public long[] originals(long first, long count) {
        return LongStream.range(0, samples * count).map(i -> originals[(int) (i / count * frames + first + i % count)]).toArray();
    }

    /** @param bgr (s, s, 3). @param at which of the b * f pictures. @param original as in {@link #originals()} */
    void put(int at, byte[] bgr, FaceLabels labels, long original) {
        originals[at] = original;
        int pixels = side * side;
        int start = at * 3 * pixels;
        for (int i = 0; i < pixels; i++) {
            pictures[start + i] = bgr[3 * i + 2];
            pictures[start + pixels + i] = bgr[3 * i + 1];
            pictures[start + 2 * pixels + i] = bgr[3 * i];
        }
        System.arraycopy(labels.landmarks(), 0, landmarks, at * labels.landmarks().length, labels.landmarks().length);
        System.arraycopy(labels.pose(), 0, pose, at * FaceLabels.POSE, FaceLabels.POSE);
        System.arraycopy(labels.expression(), 0, expression, at * FaceLabels.EXPRESSION, FaceLabels.EXPRESSION);
        valid[at] = (byte) (labels.valid() ? 1 : 0);
    }
}
