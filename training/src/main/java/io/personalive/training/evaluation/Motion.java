package io.personalive.training.evaluation;

import io.personalive.training.data.FaceLabels;
import java.util.stream.IntStream;

/**
 * Expression and head pose that were read off a picture.
 *
 * @param face as it was measured, by the same network whatever made the picture
 */
record Motion(FaceLabels face) {
    /** What describes the expression; the last number, which needs depth, isn't measured. */
    private static final int[] ALL = IntStream.range(0, FaceLabels.EXPRESSION - 1).toArray(), EYES = {0, 1, 2, 3, 4, 5}, MOUTH = {6, 7, 8};
    private static final int[] ANGLES = {0, 1, 2};

    /** @return the mean absolute difference of the numbers that describe a region's expression */
    double expressionFrom(Motion other, Region region) {
        int[] numbers = switch (region) {
            case PICTURE -> ALL;
            case MOUTH -> MOUTH;
            case EYES -> EYES;
        };
        return difference(face.expression(), other.face.expression(), numbers);
    }

    /** @return the mean absolute difference of pitch, yaw and roll, degrees */
    double degreesFrom(Motion other) {
        return difference(face.pose(), other.face.pose(), ANGLES);
    }

    private static double difference(float[] values, float[] others, int[] which) {
        return IntStream.of(which).mapToDouble(i -> Math.abs(values[i] - others[i])).average().orElseThrow();
    }
}
