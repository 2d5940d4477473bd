package io.personalive.training.identity;

import io.personalive.networks.warp.MeanFace;
import io.personalive.training.data.FaceLabels;
import io.personalive.training.data.Similarity;
import java.awt.image.BufferedImage;

/** A face turned, scaled and shifted so that eyes, nose and mouth lie where face-recognition networks expect them. */
final class AlignedFace {
    static final int SIDE = 112;

    /**
     * x, y in pixels from the picture's edge: the eye at the picture's left and the one at its right, the nose's tip, the
     * corners of the mouth. Deng et al. 2019, who count from the first pixel's centre.
     */
    private static final double[] PLACES = {38.7946, 52.1963, 74.0318, 52.0014, 56.5252, 72.2366, 42.0493, 92.8655, 71.2299, 92.7041};
    /** The foremost landmark of the nose, and the corners among those of the lips. */
    private static final int NOSE_TIP = 4, RIGHT_CORNER = 0, LEFT_CORNER = 10;

    private AlignedFace() {}

    /**
     * @param picture TYPE_3BYTE_BGR
     * @param face    in its pixels
     * @return 112 x 112 pixels; black where the picture doesn't reach
     */
    static BufferedImage of(BufferedImage picture, FaceLabels face) {
        return Similarity.between(points(face), PLACES).cut(picture, SIDE);
    }

    /** @return the five points, x and y, in the order of {@link #PLACES} */
    static double[] points(FaceLabels face) {
        long[] lips = MeanFace.group("lips_outer"), nose = {MeanFace.group("nose")[NOSE_TIP]};
        long[][] groups = {MeanFace.group("right_eye"), MeanFace.group("left_eye"), nose, {lips[RIGHT_CORNER]}, {lips[LEFT_CORNER]}};
        double[] points = new double[PLACES.length];
        for (int i = 0; i < groups.length; i++) {
            for (long landmark : groups[i]) {
                points[2 * i] += face.landmarks()[2 * (int) landmark] / groups[i].length;
                points[2 * i + 1] += face.landmarks()[2 * (int) landmark + 1] / groups[i].length;
            }
        }
        return points;
    }
}
