package io.personalive.training.evaluation;

import io.personalive.animation.motion.MotionFrame;
import io.personalive.live.MotionSight;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Map;

/** Reads expression and head pose off pictures, the same for a model's frames and the truth. Used by one thread. */
public interface MotionYardstick {
    /**
     * What a picture shows.
     *
     * @param expression numbers that describe it, for each region that is told apart; the whole picture's always
     * @param angles     pitch, yaw and roll, degrees
     */
    record Motion(Map<Region, float[]> expression, float[] angles) {
        /** @return the mean absolute difference of a region's numbers; of all, where the region isn't told apart */
        double expressionFrom(Motion other, Region region) {
            Region told = expression.containsKey(region) ? region : Region.PICTURE;
            return difference(expression.get(told), other.expression.get(told));
        }

        /** @return the mean absolute difference of the angles, degrees */
        double degreesFrom(Motion other) {
            return difference(angles, other.angles);
        }

        private static double difference(float[] values, float[] others) {
            double sum = 0;
            for (int i = 0; i < values.length; i++) {
                sum += Math.abs(values[i] - others[i]);
            }
            return sum / values.length;
        }
    }

    /** What it is, for the report. */
    String description();

    /** @param pictures square, of the model's size, at least one */
    List<Motion> read(List<BufferedImage> pictures);

    /** The model's own motion networks. */
    static MotionYardstick of(MotionSight sight) {
        return new MotionYardstick() {
            @Override
            public String description() {
                return "the model's own motion networks";
            }

            @Override
            public List<Motion> read(List<BufferedImage> pictures) {
                return sight.read(pictures).stream().map(MotionYardstick::motion).toList();
            }
        };
    }

    private static Motion motion(MotionFrame frame) {
        return new Motion(Map.of(Region.PICTURE, frame.tokens()), new float[] {frame.pitch(), frame.yaw(), frame.roll()});
    }
}
