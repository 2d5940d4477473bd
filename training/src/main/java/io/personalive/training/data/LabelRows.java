package io.personalive.training.data;

import io.personalive.torch.Device;
import io.personalive.torch.Scope;
import io.personalive.torch.Tensors;
import io.personalive.torch.weights.Checkpoint;
import java.util.Arrays;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The labels of a clip's frames, or of a set of stills, as they lie in a file. */
public final class LabelRows {
    /** Landmarks are stored in this part of a pixel. */
    static final double LANDMARK_UNIT = 1 / 64.0;

    private final float[] landmarks;
    private final float[] pose;
    private final float[] expression;
    private final float[] valid;

    /**
     * @param prefix of the tensors' names, such as {@code 0001/}
     * @throws IllegalArgumentException if one of them is missing
     */
    public LabelRows(Checkpoint file, String prefix) {
        landmarks = read(file, prefix + "landmarks");
        pose = read(file, prefix + "pose");
        expression = read(file, prefix + "expression");
        valid = read(file, prefix + "valid");
    }

    /** Whether a file holds labels under this prefix. */
    public static boolean in(Checkpoint file, String prefix) {
        return file.shape(prefix + "landmarks", null) != null;
    }

    /** Frames or stills. */
    public int count() {
        return valid.length;
    }

    /** @param scale pixels that one of the labelled picture's becomes. @return in pixels of the scaled picture */
    public FaceLabels at(int row, double scale) {
        float[] points = slice(landmarks, row, 2 * FaceLabels.POINTS);
        for (int i = 0; i < points.length; i++) {
            points[i] *= (float) LANDMARK_UNIT;
        }
        return new FaceLabels(points, slice(pose, row, FaceLabels.POSE), slice(expression, row, FaceLabels.EXPRESSION), valid[row] != 0)
                .scaled(scale);
    }

    private static float[] slice(float[] all, int row, int width) {
        return Arrays.copyOfRange(all, row * width, (row + 1) * width);
    }

    private static float[] read(Checkpoint file, String name) {
        long[] shape = file.shape(name, null);
        if (shape == null) {
            throw new IllegalArgumentException(file.description() + " has no tensor " + name + ": every clip and set needs "
                    + "landmarks, pose, expression and valid");
        }
        try (Scope scope = new Scope()) {
            return Tensors.floats(file.read(name, shape, Device.CPU, ScalarType.Float));
        }
    }
}
