package io.personalive.networks.paint;

import io.personalive.torch.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;

/**
 * A face's parts as a picture: how much of each pixel lies in the open mouth, the lips, the open eyes, the irises, the
 * brows and the face's oval. Filled areas, not lines: what is inside a lid or a lip is what a painter has to know.
 */
public final class FaceRegions {
    /** Channels of the picture. */
    public static final int CHANNELS = 6;
    /** Channel of the face's oval. */
    public static final int OVAL = 5;

    private static final int MOUTH = 0, LIPS = 1, EYES = 2, IRISES = 3, BROWS = 4;
    private static final int EYE_POINTS = 16, BROW_POINTS = 10, LIP_POINTS = 20, OVAL_POINTS = 18, RIM_POINTS = 4;
    private static final int FIRST_IRIS = 0, FIRST_EYE = 10, FIRST_BROW = 42, OUTER_LIPS = 62, INNER_LIPS = 82,
            FIRST_OVAL = 111;
    /** Corners of the polygon that stands for an iris. */
    private static final int IRIS_CORNERS = 16;

    private FaceRegions() {}

    /**
     * @param landmarks (129, 2), x and y in half pictures, from -1 to 1; may lie outside
     * @param side      of the picture, in pixels
     * @return (6, side, side) in [0, 1], row-major
     */
    public static float[] of(float[] landmarks, int side) {
        Coverage[] channels = new Coverage[CHANNELS];
        Arrays.setAll(channels, channel -> new Coverage(side));
        channels[MOUTH].fill(polygon(landmarks, INNER_LIPS, LIP_POINTS));
        channels[LIPS].fill(polygon(landmarks, OUTER_LIPS, LIP_POINTS));
        channels[LIPS].without(channels[MOUTH]);
        for (int eye = 0; eye < 2; eye++) {
            Coverage open = new Coverage(side), iris = new Coverage(side);
            open.fill(polygon(landmarks, FIRST_EYE + eye * EYE_POINTS, EYE_POINTS));
            iris.fill(iris(landmarks, FIRST_IRIS + eye * (1 + RIM_POINTS)));
            iris.within(open);
            channels[EYES].join(open);
            channels[IRISES].join(iris);
            channels[BROWS].fill(brow(landmarks, FIRST_BROW + eye * BROW_POINTS));
        }
        channels[OVAL].fill(polygon(landmarks, FIRST_OVAL, OVAL_POINTS));
        float[] picture = new float[CHANNELS * side * side];
        for (int channel = 0; channel < CHANNELS; channel++) {
            channels[channel].copyTo(picture, channel * side * side);
        }
        return picture;
    }

    /**
     * @param landmarks (129, 2), as above
     * @param like      (1, 3, s, s), the picture that they lie in
     * @return (1, 6, s/2, s/2), on the same device
     */
    public static Tensor picture(float[] landmarks, Tensor like) {
        int side = Math.toIntExact(like.size(2) / 2);
        return Tensors.of(of(landmarks, side), 1, CHANNELS, side, side).to(like.device(), like.scalar_type());
    }

    private static double[] polygon(float[] landmarks, int first, int points) {
        double[] corners = new double[2 * points];
        for (int i = 0; i < corners.length; i++) {
            corners[i] = landmarks[2 * first + i];
        }
        return corners;
    }

    /** The upper edge there, the lower edge back. */
    private static double[] brow(float[] landmarks, int first) {
        double[] corners = polygon(landmarks, first, BROW_POINTS);
        int edge = BROW_POINTS / 2;
        for (int i = 0; i < edge; i++) {
            int from = first + BROW_POINTS - 1 - i;
            corners[2 * (edge + i)] = landmarks[2 * from];
            corners[2 * (edge + i) + 1] = landmarks[2 * from + 1];
        }
        return corners;
    }

    /** A circle around the centre through the mean of the rim. */
    private static double[] iris(float[] landmarks, int centre) {
        double x = landmarks[2 * centre], y = landmarks[2 * centre + 1], radius = 0;
        for (int rim = centre + 1; rim <= centre + RIM_POINTS; rim++) {
            radius += Math.hypot(landmarks[2 * rim] - x, landmarks[2 * rim + 1] - y) / RIM_POINTS;
        }
        double[] corners = new double[2 * IRIS_CORNERS];
        for (int i = 0; i < IRIS_CORNERS; i++) {
            double angle = 2 * Math.PI * i / IRIS_CORNERS;
            corners[2 * i] = x + radius * Math.cos(angle);
            corners[2 * i + 1] = y + radius * Math.sin(angle);
        }
        return corners;
    }
}
